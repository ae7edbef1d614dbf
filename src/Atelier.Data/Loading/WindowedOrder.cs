namespace Atelier.Data;

/// <summary>
/// A shuffle that reads large pieces, for images that do not fit into memory. The images are cut into runs of
/// about 1 MiB as they lie in the file, the runs are shuffled anew each epoch, and within every window of the
/// sequence that they give, images are shuffled. What is read at a time is one window, run by run. Images of
/// one run meet in the same window or in two neighbouring ones, so a window should be many times the run: at
/// 128 px a run is 22 images.
/// </summary>
internal sealed class WindowedOrder : IImageOrder
{
    private const ulong RunPurpose = 3;
    private const ulong WindowPurpose = 4;
    private const int RunBytes = 1 << 20;

    private readonly int count;
    private readonly ulong seed;
    private readonly int runLength;
    private readonly int[] runs;
    private readonly int[] window;
    private long runsEpoch = -1;
    private int shortRunPlace;
    private (long Epoch, int Number) current = (-1, 0);

    /// <param name="count">Images, at least 1.</param>
    /// <param name="seed">The seed of the run.</param>
    /// <param name="windowLength">Images of a window, at least 1.</param>
    /// <param name="imageBytes">Bytes of an image; with the window they decide on the length of runs.</param>
    public WindowedOrder(int count, ulong seed, int windowLength, int imageBytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(windowLength, 1);
        (this.count, this.seed) = (count, seed);
        runLength = Math.Clamp((RunBytes + imageBytes - 1) / imageBytes, 1, windowLength);
        runs = new int[(int)(((long)count + runLength - 1) / runLength)];
        window = new int[Math.Min(windowLength, count)];
    }

    /// <inheritdoc/>
    public int At(long epoch, int position)
    {
        var number = position / window.Length;
        if (current != (epoch, number)) Enter(epoch, number);
        return window[position % window.Length];
    }

    private void Enter(long epoch, int number)
    {
        if (runsEpoch != epoch) ShuffleRuns(epoch);
        var first = number * window.Length;
        var filled = window.AsSpan(0, Math.Min(window.Length, count - first));
        for (var i = 0; i < filled.Length; i++)
            filled[i] = InRuns(first + i);
        var key = SplitMix.Key(seed, WindowPurpose, (ulong)epoch);
        SplitMix.Shuffle(filled, SplitMix.Key(key, WindowPurpose, (ulong)number));
        current = (epoch, number);
    }

    private void ShuffleRuns(long epoch)
    {
        for (var i = 0; i < runs.Length; i++)
            runs[i] = i;
        SplitMix.Shuffle(runs, SplitMix.Key(seed, RunPurpose, (ulong)epoch));
        shortRunPlace = Array.IndexOf(runs, runs.Length - 1);
        runsEpoch = epoch;
    }

    /// <summary>
    /// The image at a place of the shuffled runs; the last run of the file may be a short one.
    /// </summary>
    private int InRuns(int position)
    {
        var missing = (int)(((long)runs.Length * runLength) - count);
        var shortEnd = ((shortRunPlace + 1L) * runLength) - missing;
        var padded = position < shortEnd ? position : (long)position + missing;
        return (runs[padded / runLength] * runLength) + (int)(padded % runLength);
    }
}
