using Atelier.Data;
using Atelier.Torch;

namespace Atelier.Training.Monitors;

/// <summary>
/// The same few real images at every look, spread evenly over a split: image 2k and image 2k + 1 are of one
/// class wherever the class has two.
/// </summary>
internal sealed class ProbeImages
{
    private readonly DatasetView view;
    private readonly int[] indices;

    /// <summary>Chooses images; fewer than asked for where the split is smaller, always an even
    /// number.</summary>
    public ProbeImages(DatasetView view, int count)
    {
        this.view = view;
        var pairs = Math.Min(count, view.Count) / 2;
        indices = new int[2 * pairs];
        for (var k = 0; k < pairs; k++)
        {
            var first = (int)((long)k * view.Count / pairs);
            indices[2 * k] = first;
            indices[2 * k + 1] = Partner(first);
        }
    }

    /// <summary>Images, even.</summary>
    public int Count => indices.Length;

    /// <summary>Part of them, read anew from the mapped file: nothing stays in memory.</summary>
    /// <returns>float32 [count, C, R, R] in [-1, 1] and int64 [count].</returns>
    public (Tensor Images, Tensor Classes) Read(int start, int count, Device device)
    {
        using var scope = new TensorScope();
        var dataset = view.Dataset;
        var bytes = new byte[count * dataset.ImageBytes];
        var labels = new long[count];
        for (var k = 0; k < count; k++)
        {
            var index = indices[start + k];
            view.Image(index).CopyTo(bytes.AsSpan(k * dataset.ImageBytes));
            labels[k] = view.Labels[index];
        }

        var images = Tensor.FromArray<byte>(bytes, count, dataset.Channels, dataset.Height, dataset.Width);
        return (
            scope.Keep(PixelRange.FromBytes(images, device)),
            scope.Keep(Tensor.FromArray<long>(labels, count).To(device, DType.Int64)));
    }

    /// <summary>The next image of the same class, from the far half of the split on.</summary>
    private int Partner(int first)
    {
        var label = view.Labels[first];
        for (var step = 0; step < view.Count; step++)
        {
            var index = (int)(((long)first + view.Count / 2 + step) % view.Count);
            if (index != first && view.Labels[index] == label) return index;
        }

        return (first + 1) % view.Count;
    }
}
