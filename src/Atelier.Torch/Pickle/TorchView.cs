namespace Atelier.Torch.Pickle;

/// <summary>A tensor as a view of a storage, checked to lie inside it.</summary>
internal sealed class TorchView
{
    private TorchView(TorchStorage storage, long offset, long[] shape, long[] strides, long span)
    {
        Storage = storage;
        Offset = offset;
        Shape = shape;
        Strides = strides;
        Span = span;
    }

    /// <summary>Where the elements are.</summary>
    public TorchStorage Storage { get; }

    /// <summary>The first element.</summary>
    public long Offset { get; }

    /// <summary>Sizes, outermost first.</summary>
    public long[] Shape { get; }

    /// <summary>Steps between neighbours, in elements.</summary>
    public long[] Strides { get; }

    /// <summary>Elements of the storage from the first used one to the last; 0 for an empty tensor.</summary>
    public long Span { get; }

    /// <summary>Whether the elements lie row-major without gaps.</summary>
    public bool IsContiguous
    {
        get
        {
            var step = 1L;
            for (var k = Shape.Length - 1; k >= 0; k--)
            {
                if (Shape[k] != 1 && Strides[k] != step) return false;
                step *= Shape[k];
            }

            return true;
        }
    }

    /// <summary>Makes a view of sizes and steps that a file states.</summary>
    /// <exception cref="AtelierException">It would leave its storage, or repeat elements
    /// (Checkpoint).</exception>
    public static TorchView Make(
        PickleReader reader, TorchStorage storage, long offset, long[] shape, long[] strides)
    {
        if (shape.Length != strides.Length || shape.Length > PickleLimits.Rank)
            throw reader.Refuse(
                $"it has a tensor of {shape.Length} sizes and {strides.Length} strides; expected as many " +
                $"of each, at most {PickleLimits.Rank}");
        if (offset < 0 || shape.Any(static s => s < 0) || strides.Any(static s => s < 0))
            throw reader.Refuse("it has a tensor with a negative size, stride or offset");
        Int128 count = 1;
        Int128 last = 0;
        for (var k = 0; k < shape.Length; k++)
        {
            // Each factor is below 2^63, so that a product with a bounded number stays below 2^127.
            count *= shape[k];
            last += (Int128)Math.Max(shape[k] - 1, 0) * strides[k];
            if (count > long.MaxValue || last > long.MaxValue)
                throw reader.Refuse("it has a tensor whose size does not fit into 63 bits");
        }

        var span = count == 0 ? 0 : (long)last + 1;
        if (offset > storage.Count || span > storage.Count - offset)
            throw reader.Refuse(
                $"it has a tensor [{string.Join(", ", shape)}] with strides [{string.Join(", ", strides)}] " +
                $"from element {offset}, which leaves its storage of {storage.Count}");
        if (count > span)
            throw reader.Refuse(
                $"it has a tensor [{string.Join(", ", shape)}] with strides " +
                    $"[{string.Join(", ", strides)}], " +
                "which shows the same elements many times");
        return new TorchView(storage, offset, shape, strides, span);
    }
}
