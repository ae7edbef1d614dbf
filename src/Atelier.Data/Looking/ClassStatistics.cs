namespace Atelier.Data;

/// <summary>The values of one class.</summary>
/// <param name="Index">Its label.</param>
/// <param name="Name">Its name.</param>
/// <param name="Count">Its images.</param>
/// <param name="Mean">Mean of its pixels by channel, in [0, 255].</param>
/// <param name="Deviation">Standard deviation of its pixels by channel.</param>
public sealed record ClassStatistics(
    int Index, string Name, int Count, IReadOnlyList<double> Mean, IReadOnlyList<double> Deviation);
