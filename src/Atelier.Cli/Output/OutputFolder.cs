using Atelier.IO;

namespace Atelier.Cli.Output;

/// <summary>The folder that a command writes its files into, made before the long work begins.</summary>
internal static class OutputFolder
{
    /// <summary>Makes a folder, or checks that the one there can be written to.</summary>
    /// <exception cref="AtelierException">It is a file, or cannot be made (Disk).</exception>
    public static void Prepare(string? folder)
    {
        if (folder is null) return;
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw DiskFailure.From(error, folder);
        }
    }

    /// <summary>Checks that the folder of a picture exists, before the picture is computed.</summary>
    /// <exception cref="AtelierException">There is no such folder (Usage).</exception>
    public static void CheckParent(string? path)
    {
        if (path is null) return;
        var folder = Path.GetDirectoryName(Path.GetFullPath(path));
        if (Directory.Exists(folder) && !Directory.Exists(path)) return;
        throw new AtelierException(
            FailureKind.Usage,
            Directory.Exists(path)
                ? $"'{path}' is a folder; name a file inside it."
                : $"The folder of '{path}' does not exist. Make it first, or name another place.");
    }
}
