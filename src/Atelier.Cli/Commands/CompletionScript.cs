namespace Atelier.Cli.Commands;

/// <summary>The JSON document of <c>atelier completion</c>.</summary>
/// <param name="Shell">The shell.</param>
/// <param name="Script">What it is to run.</param>
internal sealed record CompletionScript(string Shell, string Script);
