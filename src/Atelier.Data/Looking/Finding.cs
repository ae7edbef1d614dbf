namespace Atelier.Data;

/// <summary>One thing that a check looked at.</summary>
/// <param name="Severity">What it means.</param>
/// <param name="Kind">A word for scripts: content, images, leak, near-leak, duplicates, near-duplicates,
/// labels, constant, balance, small-classes.</param>
/// <param name="Text">What was found, in one sentence.</param>
public sealed record Finding(FindingSeverity Severity, string Kind, string Text);
