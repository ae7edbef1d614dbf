using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>A tensor of images as a set.</summary>
/// <param name="pixels">uint8 [N, C, H, W]; it stays the caller's.</param>
/// <param name="labels">Class ids [N]; null where there are none.</param>
/// <param name="sha256">Of the file that they come from.</param>
internal sealed class StoredImages(Tensor pixels, long[]? labels, string sha256) : IImageSet
{
    /// <inheritdoc/>
    public int Count { get; } = (int)pixels.Size(0);

    /// <inheritdoc/>
    public int Channels { get; } = (int)pixels.Size(1);

    /// <inheritdoc/>
    public int Height { get; } = (int)pixels.Size(2);

    /// <inheritdoc/>
    public int Width { get; } = (int)pixels.Size(3);

    /// <inheritdoc/>
    public IReadOnlyList<string> ClassNames { get; } = labels is null
        ? []
        : [.. Enumerable.Range(0, checked((int)labels.Max()) + 1)
            .Select(static k => FormattableString.Invariant($"{k}"))];

    /// <inheritdoc/>
    public string ContentHash => sha256;

    /// <inheritdoc/>
    public string Resizer => "none";

    /// <inheritdoc/>
    public void CopyImages(ReadOnlySpan<int> indices, Span<byte> destination)
    {
        using var scope = new TensorScope();
        var places = new long[indices.Length];
        for (var k = 0; k < places.Length; k++) places[k] = indices[k];
        pixels.IndexSelect(0, Tensor.FromArray<long>(places, places.Length)).CopyBytesTo(destination);
    }

    /// <inheritdoc/>
    public int Label(int index) => labels is null ? 0 : (int)labels[index];
}
