namespace Atelier.Data;

/// <summary>
/// An endless stream of image indices. Every epoch is a permutation of all images, shuffled anew from seed
/// and epoch (<see cref="ShuffledOrder"/>, <see cref="WindowedOrder"/>); a batch may straddle two epochs, and
/// none is dropped. With several processes, each takes its contiguous part of every global batch: the parts
/// in order of rank are the batch of one process.
/// </summary>
public sealed class ImageSampler
{
    private readonly int count;
    private readonly IImageOrder order;
    private readonly int worldSize;
    private readonly int rank;

    /// <summary>Starts at a cursor.</summary>
    /// <param name="count">Images, at least 1.</param>
    /// <param name="cursor">Where to go on; a new stream starts at <c>new DataCursor(seed)</c>.</param>
    /// <param name="worldSize">Processes, at least 1.</param>
    /// <param name="rank">This process, 0 to <paramref name="worldSize"/> - 1.</param>
    /// <exception cref="AtelierException">Kind Checkpoint: the cursor is not of a dataset of this many
    /// images.</exception>
    public ImageSampler(int count, DataCursor cursor, int worldSize = 1, int rank = 0)
        : this(count, cursor, new ShuffledOrder(count, cursor.Seed), worldSize, rank)
    {
    }

    /// <summary>As the other, in an order of its own.</summary>
    internal ImageSampler(int count, DataCursor cursor, IImageOrder order, int worldSize, int rank)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(worldSize, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(rank);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(rank, worldSize);
        if (cursor.Epoch < 0 || cursor.Position < 0 || cursor.Position >= count)
        {
            throw new AtelierException(FailureKind.Checkpoint, FormattableString.Invariant(
                $"The data cursor (epoch {cursor.Epoch}, position {cursor.Position}) does not fit a dataset ")
                + FormattableString.Invariant(
                $"of {count} images; resume with the dataset that the run was started with."));
        }

        (this.count, this.order, Cursor) = (count, order, cursor);
        (this.worldSize, this.rank) = (worldSize, rank);
    }

    /// <summary>Where the next batch begins, the same in every process.</summary>
    public DataCursor Cursor { get; private set; }

    /// <summary>
    /// Draws this process's part of the next global batch of <c>worldSize * part.Length</c> images.
    /// </summary>
    public void Next(Span<SampleReference> part)
    {
        Skip((long)rank * part.Length);
        foreach (ref var sample in part)
        {
            sample = new SampleReference(order.At(Cursor.Epoch, Cursor.Position), Cursor.Epoch);
            Skip(1);
        }

        Skip((long)(worldSize - 1 - rank) * part.Length);
    }

    private void Skip(long images)
    {
        var position = Cursor.Position + images;
        var epoch = Cursor.Epoch + (position / count);
        Cursor = Cursor with { Epoch = epoch, Position = (int)(position % count) };
    }
}
