using Atelier.Data;

namespace Atelier.Metrics;

/// <summary>
/// Shuffled, augmented batches of bytes. All of it follows from the seed, the same on every machine.
/// </summary>
internal sealed class TrainingStream
{
    private const ulong FlipPurpose = 1;
    private const byte Grey = 128;    // 0 of [-1, 1], to half a step

    private readonly IImageSet images;
    private readonly BackboneOptions options;
    private readonly int[] order;
    private readonly byte[] raw;
    private ulong drawn;
    private int position;
    private int pass = -1;

    public TrainingStream(IImageSet images, BackboneOptions options, int batchSize)
    {
        this.images = images;
        this.options = options;
        order = [.. Enumerable.Range(0, images.Count)];
        var imageBytes = images.ImageBytes;
        raw = new byte[batchSize * imageBytes];
        Pixels = new byte[batchSize * imageBytes];
        Labels = new long[batchSize];
        BatchesPerEpoch = images.Count / batchSize;
        position = images.Count;
    }

    /// <summary>Whole batches of one pass; a remainder is left out, other images each time.</summary>
    public int BatchesPerEpoch { get; }

    /// <summary>Bytes [B, C, S, S] of the current batch.</summary>
    public byte[] Pixels { get; }

    /// <summary>Class ids [B] of the current batch.</summary>
    public long[] Labels { get; }

    public void Next()
    {
        if (position + Labels.Length > order.Length) Shuffle();
        var indices = order.AsSpan(position, Labels.Length);
        position += Labels.Length;
        images.CopyImages(indices, raw);
        var length = raw.Length / Labels.Length;
        for (var n = 0; n < indices.Length; n++)
        {
            Labels[n] = images.Label(indices[n]);
            var flips = options.Flips && (options.FlipsAlternate ? FlipsInPass(indices[n]) : Below(2) == 1);
            var dx = Below((2 * options.ShiftPixels) + 1) - options.ShiftPixels;
            var dy = Below((2 * options.ShiftPixels) + 1) - options.ShiftPixels;
            var target = Pixels.AsSpan(n * length, length);
            var source = raw.AsSpan(n * length, length);
            if (options.Padding == ShiftPadding.Reflect)
                PlaceReflected(source, target, images.Width, flips, dx, dy);
            else
                Place(source, target, images.Width, flips, dx, dy);
            if (options.CutoutPixels > 0)
                Cover(target, images.Width, options.CutoutPixels, Below(images.Width), Below(images.Width));
        }
    }

    /// <summary>Covers a square around a place with grey, as far as it lies in the image.</summary>
    internal static void Cover(Span<byte> target, int size, int side, int x, int y)
    {
        var (left, top) = (x - (side / 2), y - (side / 2));
        var (first, end) = (Math.Max(0, left), Math.Min(size, left + side));
        for (var row = 0; row < target.Length / size; row++)
        {
            var line = row % size;
            if (line >= top && line < top + side) target.Slice((row * size) + first, end - first).Fill(Grey);
        }
    }

    /// <summary>Mirrors, then shifts right by dx and down by dy; what comes in at the edge is 0.</summary>
    internal static void Place(
        ReadOnlySpan<byte> source, Span<byte> target, int size, bool flips, int dx, int dy)
    {
        target.Clear();
        var first = Math.Max(0, dx);
        var end = Math.Min(size, size + dx);
        var rows = source.Length / size;                    // C * S
        for (var row = 0; row < rows; row++)
        {
            var y = row % size;
            if (y + dy < 0 || y + dy >= size || first >= end) continue;
            var from = source.Slice(row * size, size);
            var to = target.Slice((row + dy) * size, size);
            if (flips)
                for (var x = first; x < end; x++) to[x] = from[size - 1 - (x - dx)];
            else
                from[(first - dx)..(end - dx)].CopyTo(to[first..end]);
        }
    }

    /// <summary>Mirrors, then shifts right by dx and down by dy; what comes in at the edge is the image
    /// mirrored at its edge pixels.</summary>
    internal static void PlaceReflected(
        ReadOnlySpan<byte> source, Span<byte> target, int size, bool flips, int dx, int dy)
    {
        var rows = source.Length / size;                    // C * S
        for (var row = 0; row < rows; row++)
        {
            var y = row % size;
            var from = source.Slice((row - y + Reflect(y - dy, size)) * size, size);
            var to = target.Slice(row * size, size);
            for (var x = 0; x < size; x++)
            {
                var place = Reflect(x - dx, size);
                to[x] = from[flips ? size - 1 - place : place];
            }
        }
    }

    private static int Reflect(int place, int size)
    {
        var low = Math.Abs(place);
        return low < size ? low : (2 * (size - 1)) - low;
    }

    /// <summary>By lot in the first pass, and from then on every second time.</summary>
    private bool FlipsInPass(int index) =>
        ((SplitMix.Key(options.Seed, FlipPurpose, (ulong)index) + (ulong)pass) & 1) == 1;

    private void Shuffle()
    {
        pass++;
        for (var k = order.Length - 1; k > 0; k--)
        {
            var other = Below(k + 1);
            (order[k], order[other]) = (order[other], order[k]);
        }

        position = 0;
    }

    private int Below(int bound) => SplitMix.Below(SplitMix.At(options.Seed, drawn++), bound);
}
