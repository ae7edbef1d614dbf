namespace Atelier.Cli.Work;

/// <summary>One metric of two evaluations under one protocol.</summary>
/// <param name="First">The number of the first.</param>
/// <param name="Second">The number of the second.</param>
/// <param name="Difference">How much larger the second is.</param>
/// <param name="Protocol">The protocol's id.</param>
internal sealed record ScoreDifference(double First, double Second, double Difference, string Protocol);
