using Atelier.Torch;

namespace Atelier.Data;

/// <summary>Batches and splits as tensors.</summary>
public static class TensorBatch
{
    /// <summary>The images of a batch as a network takes them; the batch may be disposed at once.</summary>
    /// <returns>float32 [N, C, H, W] in [-1, 1], x / 127.5 - 1.</returns>
    public static Tensor ToImages(this Batch batch, Device device)
    {
        ArgumentNullException.ThrowIfNull(batch);
        using var scope = new TensorScope();
        var bytes = Borrow(batch.Pixels, [batch.Count, batch.Channels, batch.Height, batch.Width]);
        return scope.Keep(PixelRange.FromBytes(bytes, device));
    }

    /// <summary>The labels of a batch; the batch may be disposed at once.</summary>
    /// <returns>int64 [N].</returns>
    public static Tensor ToLabels(this Batch batch, Device device)
    {
        ArgumentNullException.ThrowIfNull(batch);
        using var scope = new TensorScope();
        return scope.Keep(Tensor.FromArray<long>(batch.Labels, batch.Count).To(device, DType.Int64));
    }

    /// <summary>Images of a split, where they lie.</summary>
    /// <param name="view">The split.</param>
    /// <param name="start">The first image.</param>
    /// <param name="count">How many.</param>
    /// <returns>uint8 [count, C, H, W] on the host, over the mapped file: never write to it in place. It
    /// keeps the mapping even when the dataset is disposed. Images on both sides of the end of a shard are
    /// copied.</returns>
    public static Tensor ImageBytes(this DatasetView view, int start, int count)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, view.Count - start);
        var dataset = view.Dataset;
        long[] shape = [count, dataset.Channels, dataset.Height, dataset.Width];
        if (dataset.Lease(view.SplitInfo.Start + start, count) is { } lease)
            return Tensor.FromMemory(lease.Pointer, shape, DType.UInt8, lease);
        var copies = GC.AllocateUninitializedArray<byte>(checked(count * dataset.ImageBytes), pinned: true);
        for (var i = 0; i < count; i++)
            view.CopyImage(start + i, copies.AsSpan(i * dataset.ImageBytes));
        return Borrow(copies, shape);
    }

    /// <summary>The labels of images of a split.</summary>
    /// <returns>int64 [count] on the host.</returns>
    public static Tensor LabelTensor(this DatasetView view, int start, int count)
    {
        ArgumentNullException.ThrowIfNull(view);
        var labels = new long[count];
        for (var i = 0; i < count; i++)
            labels[i] = view.Labels[start + i];
        return Tensor.FromArray<long>(labels, count);
    }

    private static unsafe Tensor Borrow(byte[] pinned, ReadOnlySpan<long> shape)
    {
        fixed (byte* pointer = pinned)
            return Tensor.FromMemory((nint)pointer, shape, DType.UInt8, pinned);
    }
}
