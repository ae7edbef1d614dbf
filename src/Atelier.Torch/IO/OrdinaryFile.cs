namespace Atelier.IO;

/// <summary>
/// What is asked of a file before it is opened: pipes and devices have no length, and to open a pipe would
/// wait for a writer.
/// </summary>
public static class OrdinaryFile
{
    /// <summary>Whether a file is there and has no length: it is empty, a pipe or a device. Links are
    /// followed.</summary>
    /// <exception cref="IOException">A link leads round in a circle.</exception>
    public static bool HasNoLength(string path)
    {
        var file = new FileInfo(path);
        if (file.LinkTarget is not null && file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo target)
            file = target;
        return file is { Exists: true, Length: 0 };
    }
}
