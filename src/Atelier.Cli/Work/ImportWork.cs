using Atelier.Cli.Application;
using Atelier.Cli.Commands;
using Atelier.Cli.Output;
using Atelier.Gan.Import;
using Atelier.Text;

namespace Atelier.Cli.Work;

/// <summary>The body of the importers.</summary>
internal sealed class ImportWork(CliServices services)
{
    private const int MostClassNames = 1_000_000;
    private const int LongestClassName = 1000;

    /// <summary>Imports, from the request to the exit code.</summary>
    public ExitCode Run(ImportRequest request, Func<ImportRequest, ImportedModel> read)
    {
        using var model = read(request);
        if (request.ClassNames is not null)
            model.Card = model.Card with
            {
                ClassNames = ReadNames(request.ClassNames, model.Card.ClassNames.Count),
            };
        foreach (var report in model.Reports) Show(report);
        foreach (var remark in model.Remarks) services.Output.Warn(remark);
        model.Write(request.Output);
        services.Output.Result($"wrote {request.Output}");
        services.Output.Document(
            new ImportReport(request.Output, model.Card.Family, model.Card.ClassNames.Count, model.Reports),
            OutputJson.Default.ImportReport);
        return ExitCode.Ok;
    }

    private static string[] ReadNames(string path, int count)
    {
        string[] names;
        try
        {
            names = [.. File.ReadLines(path).Take(MostClassNames + 1).Select(static line => line.Trim())];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new AtelierException(FailureKind.Usage, $"--class-names {path}: {error.Message}", error);
        }

        if (names is [.., ""]) names = names[..^1];
        return names.Length == count && names.All(static n => n.Length is > 0 and <= LongestClassName)
            ? names
            : throw new AtelierException(
                FailureKind.Usage,
                $"--class-names {path} has {Counted.Of(names.Length, "line")}; the model has " +
                $"{Counted.Of(count, "class")}, so " +
                $"expected {Counted.Of(count, "line")}, none empty.");
    }

    private void Show(NetworkReport report)
    {
        services.Output.Result(
            $"{report.Network}: {Counted.Of(report.Matched, "tensor")} of {report.File} matched, " +
            $"{report.Missing.Count} " +
            $"missing, {report.Unexpected.Count} unexpected, {report.WrongShape.Count} of another shape, " +
            $"{report.Ignored.Count} not needed");
    }
}
