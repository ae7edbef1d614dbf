namespace Atelier.Cli.Work;

/// <summary>One row.</summary>
/// <param name="From">The class at its left end.</param>
/// <param name="To">The class at its right end.</param>
internal sealed record InterpolateRow(int From, int To);
