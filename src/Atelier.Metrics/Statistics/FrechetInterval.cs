namespace Atelier.Metrics;

/// <summary>A Fréchet distance, and how far other draws of the generated samples would have moved
/// it.</summary>
/// <param name="Distance">The distance of the samples as they are.</param>
/// <param name="Low">The lower end of the interval, 0 or more.</param>
/// <param name="High">Its upper end.</param>
/// <param name="Deviation">Standard deviation of the replicates.</param>
public sealed record FrechetInterval(double Distance, double Low, double High, double Deviation);
