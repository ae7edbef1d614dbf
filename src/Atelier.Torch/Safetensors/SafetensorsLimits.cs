namespace Atelier.Torch.Safetensors;

/// <summary>The bounds that reader and writer share, and the words for their failures.</summary>
internal static class SafetensorsLimits
{
    /// <summary>Bytes of the little-endian length before the header.</summary>
    public const int LengthBytes = 8;

    /// <summary>The format's own bound.</summary>
    public const int HeaderBytes = 100_000_000;

    /// <summary>Ours: no model has a million tensors, a memory bomb has.</summary>
    public const int Tensors = 1_000_000;

    /// <summary>Ours, in bytes of UTF-8.</summary>
    public const int NameBytes = 512;

    /// <summary>Ours: images with batch and time need 5.</summary>
    public const int Rank = 8;

    /// <summary>The one key of the header that is no tensor.</summary>
    public const string MetadataKey = "__metadata__";

    /// <summary>
    /// The product of the shape times the element width, or null when it does not fit in 63 bits.
    /// </summary>
    public static long? ByteCount(ReadOnlySpan<long> shape, SafetensorsDType dtype)
    {
        // Left to right and overflow checked at each step, as the format's own reader does: [2^62, 4, 0] is
        // refused
        // although its product is zero.
        var count = 1L;
        foreach (var size in shape)
        {
            if (size < 0 || Math.BigMul(count, size, out var product) != 0 || product < 0)
                return null;
            count = product;
        }

        return Math.BigMul(count, (long)dtype.ByteSize(), out var bytes) != 0 || bytes < 0 ? null : bytes;
    }

    /// <summary>
    /// A name out of a file that nobody vouches for, made fit for a terminal: short, no control characters.
    /// </summary>
    public static string Quote(string name) => Atelier.Text.UntrustedText.Quote(name);
}
