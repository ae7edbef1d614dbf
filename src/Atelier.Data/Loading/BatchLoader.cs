using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Atelier.Data;

/// <summary>
/// Prepares batches on a thread of its own while the caller works. What it yields depends on the options
/// alone, never on timing. Buffers are used again as soon as a batch is disposed, so memory does not grow.
/// </summary>
public sealed class BatchLoader : IDisposable
{
    private const ulong FlipPurpose = 2;

    private readonly DatasetView data;
    private readonly LoaderOptions options;
    private readonly ImageSampler sampler;
    private readonly ShardPool pixels;
    private readonly Channel<Batch> ready;
    private readonly ConcurrentBag<BatchBuffers> free = [];
    private readonly CancellationTokenSource stop = new();
    private readonly Task producer;
    private int disposed;

    /// <summary>Starts to prepare batches.</summary>
    /// <exception cref="AtelierException">Kind Checkpoint: the cursor does not fit the dataset.</exception>
    public BatchLoader(DatasetView data, LoaderOptions options)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.BatchSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Prefetch, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Readers, 1);
        (this.data, this.options) = (data, options);
        sampler = new ImageSampler(data.Count, options.Cursor, Order(data, options), options.WorldSize,
            options.Rank);
        ready = Channel.CreateBounded<Batch>(
            new BoundedChannelOptions(options.Prefetch) { SingleWriter = true });
        // Keeps the mappings while the thread reads, even when the dataset is disposed before the loader.
        pixels = data.Dataset.Pool.Hold();
        producer = Task.Factory.StartNew(Produce, CancellationToken.None, TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
    }

    /// <summary>The next batch of the stream; dispose it when its pixels are no longer needed.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; the batch is not lost, a later
    /// call gets it.</exception>
    /// <exception cref="AtelierException">The preparing thread failed.</exception>
    public Batch Next(CancellationToken cancel = default)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref disposed) != 0, this);
        Batch? batch;
        while (!ready.Reader.TryRead(out batch))
        {
            cancel.ThrowIfCancellationRequested();
            if (ready.Reader.WaitToReadAsync(cancel).AsTask().GetAwaiter().GetResult())
                continue;
            // The channel is closed: with the failure of the producer as its completion, or by Dispose.
            ready.Reader.Completion.GetAwaiter().GetResult();
            throw new ObjectDisposedException(nameof(BatchLoader));
        }

        return batch;
    }

    /// <summary>Stops the thread and waits for it; batches that are still held stay valid.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref disposed, 1) != 0)
            return;
        stop.Cancel();
        producer.GetAwaiter().GetResult();
        stop.Dispose();
        pixels.Dispose();
    }

    private void Produce()
    {
        var samples = new SampleReference[options.BatchSize];
        try
        {
            while (!stop.IsCancellationRequested)
            {
                if (!free.TryTake(out var buffers))
                    buffers = new BatchBuffers(options.BatchSize, data.Dataset.ImageBytes);
                sampler.Next(samples);
                Gather(samples, buffers);
                var batch = new Batch(data.Dataset, buffers, sampler.Cursor, free.Add);
                ready.Writer.WriteAsync(batch, stop.Token).AsTask().GetAwaiter().GetResult();
            }

            ready.Writer.TryComplete();
        }
        catch (OperationCanceledException)
        {
            ready.Writer.TryComplete();
        }
        catch (Exception exception)
        {
            // Whatever it is, it belongs to the caller of Next and must not end the process from this thread.
            ready.Writer.TryComplete(Wrap(exception));
        }
    }

    private static Exception Wrap(Exception exception)
        => exception as AtelierException
            ?? new AtelierException(FailureKind.Other, $"Preparing a batch failed: {exception.Message}",
            exception);

    private static IImageOrder Order(DatasetView data, LoaderOptions options)
        => options.ShuffleWindow is { } window && window < data.Count
            ? new WindowedOrder(data.Count, options.Cursor.Seed, window, data.Dataset.ImageBytes)
            : new ShuffledOrder(data.Count, options.Cursor.Seed);

    private void Gather(SampleReference[] samples, BatchBuffers batch)
    {
        if (options.Readers == 1)
        {
            for (var i = 0; i < samples.Length; i++)
                Gather(samples[i], batch, i);
            return;
        }

        var readers = new ParallelOptions { MaxDegreeOfParallelism = options.Readers };
        Parallel.For(0, samples.Length, readers, i => Gather(samples[i], batch, i));
    }

    private void Gather(SampleReference sample, BatchBuffers batch, int place)
    {
        var imageBytes = data.Dataset.ImageBytes;
        var (index, epoch) = sample;
        var target = batch.Pixels.AsSpan(place * imageBytes, imageBytes);
        pixels.Copy(data.SplitInfo.Start + index, target);
        if (options.HorizontalFlip && IsFlipped(options.Cursor.Seed, epoch, index))
            FlipRows(target, data.Dataset.Width);
        batch.Labels[place] = data.Labels[index];
    }

    /// <summary>A fair coin for an image in an epoch, the same whenever and wherever it is thrown.</summary>
    internal static bool IsFlipped(ulong seed, long epoch, int index)
        => SplitMix.At(SplitMix.Key(seed, FlipPurpose, (ulong)epoch), (ulong)index) >> 63 != 0;

    private static void FlipRows(Span<byte> planes, int width)
    {
        for (var at = 0; at < planes.Length; at += width)
            planes.Slice(at, width).Reverse();
    }
}
