using System.Runtime.InteropServices;
using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>Rows of numbers that come batch by batch and end as one tensor; no number is held
/// twice.</summary>
internal sealed class FeatureRows
{
    private long filled;

    /// <summary>Room for all rows; the tensor belongs to the current scope.</summary>
    public FeatureRows(int count, int dimension) => Rows = Tensor.Empty([count, dimension]);

    /// <summary>float32 [N, D]; rows that have not come yet hold anything.</summary>
    public Tensor Rows { get; }

    /// <summary>Takes the next rows.</summary>
    /// <param name="values">[n, D], row-major.</param>
    public void Add(ReadOnlySpan<float> values)
    {
        using var scope = new TensorScope();
        var count = values.Length / Rows.Size(1);
        Rows.Narrow(0, filled, count).CopyBytesFrom(MemoryMarshal.AsBytes(values));
        filled += count;
    }
}
