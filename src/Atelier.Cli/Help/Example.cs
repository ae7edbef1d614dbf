namespace Atelier.Cli.Help;

/// <summary>A line to copy, and what it does.</summary>
/// <param name="Line">The words after "atelier".</param>
/// <param name="Meaning">A short phrase.</param>
internal sealed record Example(string Line, string Meaning);
