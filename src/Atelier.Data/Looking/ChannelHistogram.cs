namespace Atelier.Data;

/// <summary>The values of one channel.</summary>
/// <param name="Channel">"grey", "red", "green" or "blue".</param>
/// <param name="Mean">Mean of all pixels, in [0, 255].</param>
/// <param name="Deviation">Standard deviation of all pixels (divided by their number).</param>
/// <param name="Least">The smallest value.</param>
/// <param name="Most">The largest value.</param>
/// <param name="Counts">How many pixels have each of the 256 values.</param>
public sealed record ChannelHistogram(
    string Channel, double Mean, double Deviation, int Least, int Most, IReadOnlyList<long> Counts);
