namespace Atelier.Cli.Help;

/// <summary>A command whose help shows lines to copy.</summary>
internal interface IWithExamples
{
    /// <summary>The lines, the plainest first; each fits within the help's width.</summary>
    IReadOnlyList<Example> Examples { get; }
}
