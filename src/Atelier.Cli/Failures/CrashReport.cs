using System.Globalization;
using System.Runtime.InteropServices;
using Atelier.Cli.Application;

namespace Atelier.Cli.Failures;

/// <summary>Writes what a developer needs to find a bug into a file of the state folder.</summary>
internal static class CrashReport
{
    /// <summary>Writes the report and gives the sentence that names it.</summary>
    public static string Describe(Exception exception, IReadOnlyList<string> args, CliServices services)
    {
        ArgumentNullException.ThrowIfNull(exception);
        var what = $"this is a bug in Atelier ({exception.GetType().Name}: {FirstLine(exception.Message)}).";
        try
        {
            var path = Write(exception, args, services);
            return $"{what} A report that helps to mend it is in {path}";
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return $"{what} No report could be written ({FirstLine(failure.Message)}); "
                + "ATELIER_DEBUG=1 shows it.";
        }
    }

    private static string Write(Exception exception, IReadOnlyList<string> args, CliServices services)
    {
        var folder = XdgFolders.State(services.Environment);
        Directory.CreateDirectory(folder);
        var time = services.Clock.GetUtcNow();
        var stamp = time.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        var path = Path.Combine(folder, $"crash-{stamp}-{Environment.ProcessId}.txt");
        File.WriteAllText(path, string.Join('\n',
            $"atelier {ProductVersion.Text}",
            $"time: {time.ToString("O", CultureInfo.InvariantCulture)}",
            $"command: atelier {string.Join(' ', args)}",
            $"system: {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}",
            $"folder: {Environment.CurrentDirectory}",
            string.Empty,
            exception.ToString(),
            string.Empty));
        return path;
    }

    private static string FirstLine(string text) => text.Split('\n', 2)[0].TrimEnd('\r', '.');
}
