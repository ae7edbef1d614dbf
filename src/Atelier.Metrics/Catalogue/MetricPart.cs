namespace Atelier.Metrics;

/// <summary>A part of a number that is a list.</summary>
/// <param name="Label">What it is of, such as <c>32</c> for a level of 32 px.</param>
/// <param name="Value">Its number.</param>
public sealed record MetricPart(string Label, double Value);
