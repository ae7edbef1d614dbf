namespace Atelier.Cli.Output;

/// <summary>What the terminal behind stderr can show.</summary>
/// <param name="Interactive">A person watches: lines may be drawn over.</param>
/// <param name="Colour">Colour may be used.</param>
internal sealed record TerminalTraits(bool Interactive, bool Colour)
{
    /// <summary>A file or a pipe: plain lines only.</summary>
    public static TerminalTraits Plain { get; } = new(Interactive: false, Colour: false);

    /// <summary>Reads NO_COLOR, TERM and CI, and whether stderr is a terminal.</summary>
    public static TerminalTraits OfStandardError(Func<string, string?> environment) =>
        Of(environment, isTerminal: !Console.IsErrorRedirected);

    /// <summary>The traits that follow from the environment.</summary>
    public static TerminalTraits Of(Func<string, string?> environment, bool isTerminal)
    {
        var dumb = environment("TERM") is "dumb" or null or "";
        var interactive = isTerminal && !dumb;
        var colour = interactive && string.IsNullOrEmpty(environment("NO_COLOR"));
        return new TerminalTraits(interactive && string.IsNullOrEmpty(environment("CI")), colour);
    }
}
