namespace Atelier.Metrics;

/// <summary>A tensor that a network needs, as its published state dict calls it.</summary>
/// <param name="Name">The dotted name.</param>
/// <param name="Shape">The sizes, outermost first.</param>
public sealed record WeightSlot(string Name, IReadOnlyList<long> Shape);
