using System.Diagnostics;
using System.Globalization;
using Atelier.Cli.Output;
using Atelier.Data.Fetching;

namespace Atelier.Cli.Work;

/// <summary>Shows a download on stderr: a line every few seconds.</summary>
internal sealed class FetchView(IOutput output)
{
    private const long LineEveryMilliseconds = 3000;
    private const double Mebibyte = 1 << 20;
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private long lastLine;

    /// <summary>Called after each piece of a file.</summary>
    public void Report(PublicDatasetFile file, DownloadProgress value)
    {
        var now = watch.ElapsedMilliseconds;
        if (now - lastLine < LineEveryMilliseconds) return;
        lastLine = now;
        output.Progress(string.Create(CultureInfo.InvariantCulture,
            $"fetching {file.Name}: {value.Done / Mebibyte:0.0} of {file.Bytes / Mebibyte:0.0} MiB"));
    }
}
