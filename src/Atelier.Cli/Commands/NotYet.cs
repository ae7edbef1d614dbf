namespace Atelier.Cli.Commands;

/// <summary>The end of a command whose body is not written.</summary>
internal static class NotYet
{
    /// <summary>The exception to throw.</summary>
    public static AtelierException In(string command) =>
        new(FailureKind.Other, $"'atelier {command}' is understood, but this version cannot do it yet.");
}
