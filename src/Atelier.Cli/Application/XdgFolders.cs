namespace Atelier.Cli.Application;

/// <summary>
/// The folders of the XDG base directory rules. .NET knows no state folder, so the variable is read here.
/// </summary>
internal static class XdgFolders
{
    /// <summary>
    /// Where what can be computed again is kept: <c>$XDG_CACHE_HOME/atelier</c>, or <c>~/.cache/atelier</c>.
    /// </summary>
    public static string Cache(Func<string, string?> environment) =>
        Folder(environment, "XDG_CACHE_HOME", ".cache");

    /// <summary>
    /// Where what a user brought is kept: <c>$XDG_DATA_HOME/atelier</c>, or <c>~/.local/share/atelier</c>.
    /// </summary>
    public static string Data(Func<string, string?> environment) =>
        Folder(environment, "XDG_DATA_HOME", Path.Combine(".local", "share"));

    /// <summary>
    /// Where crash reports go: <c>$XDG_STATE_HOME/atelier</c>, or <c>~/.local/state/atelier</c>.
    /// </summary>
    public static string State(Func<string, string?> environment) =>
        Folder(environment, "XDG_STATE_HOME", Path.Combine(".local", "state"));

    private static string Folder(Func<string, string?> environment, string variable, string standard)
    {
        // The rules say that a relative path is to be ignored.
        if (environment(variable) is { Length: > 0 } named && Path.IsPathRooted(named))
            return Path.Combine(named, "atelier");

        var home = environment("HOME") is { Length: > 0 } given ? given : Path.GetTempPath();
        return Path.Combine(home, standard, "atelier");
    }
}
