namespace Atelier.Cli.Output;

/// <summary>What stdout holds with <c>--json</c> when a command fails.</summary>
/// <param name="Error">The error.</param>
internal sealed record ErrorDocument(ErrorBody Error);

/// <summary>The error itself.</summary>
/// <param name="Kind">A word for scripts, in kebab case.</param>
/// <param name="ExitCode">What the process returns.</param>
/// <param name="Message">The sentence that stderr shows too.</param>
internal sealed record ErrorBody(string Kind, int ExitCode, string Message);
