namespace Atelier.Gan;

/// <summary>One layer of a network's table.</summary>
/// <param name="Name">Its dotted path, as in the names of its tensors.</param>
/// <param name="Kind">What it is, such as Conv2d.</param>
/// <param name="OutputShape">Shape of its output for one image, without the batch.</param>
/// <param name="Parameters">Learnable numbers in it.</param>
/// <param name="Flops">Floating point operations for one image; see <see cref="NetworkTable"/>.</param>
public sealed record LayerRow(
    string Name, string Kind, IReadOnlyList<long> OutputShape, long Parameters, double Flops);
