namespace Atelier.Data;

/// <summary>
/// Images and labels for one step. Disposing hands the buffers back to the loader for a later batch.
/// </summary>
public sealed class Batch : IDisposable
{
    private readonly Action<BatchBuffers> recycle;
    private readonly BatchBuffers buffers;
    private int disposed;

    internal Batch(PackedDataset dataset, BatchBuffers buffers, DataCursor cursor,
        Action<BatchBuffers> recycle)
    {
        (Count, Channels, Height, Width) =
            (buffers.Labels.Length, dataset.Channels, dataset.Height, dataset.Width);
        (this.buffers, Cursor, this.recycle) = (buffers, cursor, recycle);
    }

    /// <summary>Images, N.</summary>
    public int Count { get; }

    /// <summary>Channels, C: 1 grey, 3 RGB.</summary>
    public int Channels { get; }

    /// <summary>Rows, H.</summary>
    public int Height { get; }

    /// <summary>Pixels in a row, W.</summary>
    public int Width { get; }

    /// <summary>uint8 [N, C, H, W] in [0, 255]; a pinned array that is used again after Dispose.</summary>
    public byte[] Pixels => buffers.Pixels;

    /// <summary>int64 [N]; a pinned array that is used again after Dispose.</summary>
    public long[] Labels => buffers.Labels;

    /// <summary>
    /// The place in the stream after this batch; a checkpoint made after its step stores it.
    /// </summary>
    public DataCursor Cursor { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref disposed, 1) == 0)
            recycle(buffers);
    }
}
