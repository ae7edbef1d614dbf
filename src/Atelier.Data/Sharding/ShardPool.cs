using System.IO.MemoryMappedFiles;

namespace Atelier.Data;

/// <summary>
/// The pixels of one packed file or of all shards, as one run of images. Shards are mapped when first read,
/// at most a given number at once; the one that was not used for longest (roughly: the clock algorithm) gives
/// way. A pointer that somebody holds keeps its mapping, whatever happens here. Safe from many threads at
/// once.
/// </summary>
internal sealed class ShardPool : IDisposable
{
    private readonly Lock mapping = new();
    private readonly IReadOnlyList<PackedFile> files;
    private readonly int[] starts;
    private readonly MemoryMappedViewAccessor?[] views;
    private readonly bool[] used;
    private readonly PixelLease?[] pinned;
    private readonly int imageBytes;
    private readonly int limit;
    private int mapped;
    private int hand;
    private int owners = 1;

    /// <summary>Takes the files; maps none.</summary>
    /// <param name="files">At least one, all with images of <paramref name="imageBytes"/>.</param>
    /// <param name="imageBytes">Bytes of one image.</param>
    /// <param name="limit">The most files that are mapped at once, pinned ones not counted; at least
    /// 1.</param>
    public ShardPool(IReadOnlyList<PackedFile> files, int imageBytes, int limit)
    {
        (this.files, this.imageBytes, this.limit) = (files, imageBytes, limit);
        starts = new int[files.Count + 1];
        for (var i = 0; i < files.Count; i++)
            starts[i + 1] = starts[i] + files[i].Header.Count;
        views = new MemoryMappedViewAccessor?[files.Count];
        (used, pinned) = (new bool[files.Count], new PixelLease?[files.Count]);
    }

    /// <summary>Files that are mapped now.</summary>
    public int Mapped => Volatile.Read(ref mapped);

    /// <summary>The shard of an image.</summary>
    public int ShardOf(int index)
    {
        if (files.Count == 1) return 0;
        var found = Array.BinarySearch(starts, index);
        return found >= 0 ? found : ~found - 1;
    }

    /// <summary>One more owner, who disposes the pool too; the last one's call unmaps.</summary>
    public ShardPool Hold()
    {
        ObjectDisposedException.ThrowIf(Interlocked.Increment(ref owners) == 1, this);
        return this;
    }

    /// <summary>Copies the pixels of one image.</summary>
    public unsafe void Copy(int index, Span<byte> target)
    {
        var shard = ShardOf(index);
        using var borrowed = new Borrowed(this, shard);
        Pixels(borrowed.Start, shard, index).CopyTo(target);
    }

    /// <summary>The pixels of one image; its shard stays mapped until the pool is disposed.</summary>
    public unsafe ReadOnlySpan<byte> Pin(int index)
    {
        var shard = ShardOf(index);
        var lease = Volatile.Read(ref pinned[shard]) ?? PinShard(shard);
        return new ReadOnlySpan<byte>((byte*)lease.Pointer + Offset(shard, index), imageBytes);
    }

    /// <summary>
    /// A pointer to the first of some images when they lie in one shard, else null.
    /// </summary>
    public PixelLease? Lease(int start, int count)
    {
        var shard = ShardOf(start);
        if (starts[shard + 1] - start < count) return null;
        while (true)
        {
            var view = View(shard);
            try
            {
                return new PixelLease(view.SafeMemoryMappedViewHandle,
                    files[shard].Header.PixelsOffset + Offset(shard, start));
            }
            catch (ObjectDisposedException) when (IsOpen)
            {
                // The shard gave way between the two lines above; it is mapped anew.
            }
        }
    }

    /// <summary>Gives up one owner's hold.</summary>
    public void Dispose()
    {
        if (Interlocked.Decrement(ref owners) != 0) return;
        lock (mapping)
        {
            for (var i = 0; i < views.Length; i++)
            {
                pinned[i]?.Dispose();
                views[i]?.Dispose();
                views[i] = null;
            }
        }
    }

    private bool IsOpen => Volatile.Read(ref owners) > 0;

    private long Offset(int shard, int index) => (long)(index - starts[shard]) * imageBytes;

    private unsafe ReadOnlySpan<byte> Pixels(byte* file, int shard, int index)
        => new(file + files[shard].Header.PixelsOffset + Offset(shard, index), imageBytes);

    private PixelLease PinShard(int shard)
    {
        lock (mapping)
            return pinned[shard] ??= Lease(starts[shard], 1)!;
    }

    private MemoryMappedViewAccessor View(int shard)
    {
        if (!used[shard]) used[shard] = true;
        return Volatile.Read(ref views[shard]) ?? Map(shard);
    }

    private MemoryMappedViewAccessor Map(int shard)
    {
        lock (mapping)
        {
            ObjectDisposedException.ThrowIf(!IsOpen, this);
            if (views[shard] is { } there) return there;
            if (mapped >= limit) GiveWay();
            var view = files[shard].Map();
            Volatile.Write(ref views[shard], view);
            mapped++;
            return view;
        }
    }

    /// <summary>
    /// Unmaps the first shard after the hand that was not used since the hand last passed it.
    /// </summary>
    private void GiveWay()
    {
        // Two rounds: the first may only take marks away. Pinned shards cannot give way.
        for (var step = 0; step < 2 * views.Length; step++)
        {
            hand = (hand + 1) % views.Length;
            if (views[hand] is not { } view || pinned[hand] is not null) continue;
            if (used[hand])
            {
                used[hand] = false;
                continue;
            }

            views[hand] = null;
            mapped--;
            view.Dispose();
            return;
        }
    }

    /// <summary>A pointer to the begin of a mapped file for as long as this lives.</summary>
    private readonly unsafe ref struct Borrowed
    {
        private readonly MemoryMappedViewAccessor view;

        public Borrowed(ShardPool pool, int shard)
        {
            while (true)
            {
                view = pool.View(shard);
                byte* start = null;
                try
                {
                    view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
                    Start = start;
                    return;
                }
                catch (ObjectDisposedException) when (pool.IsOpen)
                {
                    // As in Lease.
                }
            }
        }

        public byte* Start { get; }

        public void Dispose() => view.SafeMemoryMappedViewHandle.ReleasePointer();
    }
}
