using System.Xml.Linq;

namespace Atelier.Architecture.Tests;

/// <summary>
/// The source tree that the tests read: ATELIER_HOME, or the first folder above with Atelier.slnx.
/// </summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string Under(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>
    /// Files below a folder, without what a build made; empty when the folder is not there.
    /// </summary>
    public static IReadOnlyList<string> Files(string folder, string pattern)
    {
        var top = Under(folder.Split('/'));
        if (!Directory.Exists(top)) return [];
        return [.. Directory.EnumerateFiles(top, pattern, SearchOption.AllDirectories)
            .Where(path => !Relative(path).Split('/').Any(part => part is "bin" or "obj"))
            .Order(StringComparer.Ordinal)];
    }

    public static string Relative(string path) => Path.GetRelativePath(Root, path);

    /// <summary>Names of the projects that a project references, not those that only build with it.</summary>
    public static IReadOnlyList<string> References(string project) =>
    [
        .. XDocument.Load(Under("src", project, project + ".csproj")).Descendants("ProjectReference")
            .Where(each => (string?)each.Attribute("ReferenceOutputAssembly") != "false")
            .Select(each =>
                Path.GetFileNameWithoutExtension(((string)each.Attribute("Include")!).Replace('\\', '/'))),
    ];

    private static string Find()
    {
        if (Environment.GetEnvironmentVariable("ATELIER_HOME") is { Length: > 0 } home
            && File.Exists(Path.Combine(home, "Atelier.slnx"))) return home;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder =
            folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Atelier.slnx"))) return folder.FullName;
        throw new InvalidOperationException(
            "No folder above the test program has Atelier.slnx; set ATELIER_HOME.");
    }
}
