namespace Atelier.Metrics;

/// <summary>A tensor of another shape than the network's.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Stored">The shape in the file.</param>
/// <param name="Expected">The shape of the network's.</param>
public sealed record StateShapeDifference(
    string Name, IReadOnlyList<long> Stored, IReadOnlyList<long> Expected)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Name} {Text(Stored)} instead of {Text(Expected)}";

    /// <summary>A shape as text.</summary>
    public static string Text(IReadOnlyList<long> shape) => $"[{string.Join(", ", shape)}]";
}
