using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Atelier.Metrics;

/// <summary>Some images of a set, in an order of its own.</summary>
public sealed class ImageSubset : IImageSet
{
    private readonly IImageSet images;
    private readonly int[] members;

    private ImageSubset(IImageSet images, int[] members, FormattableString what)
    {
        (this.images, this.members) = (images, members);
        var text = $"{what.ToString(CultureInfo.InvariantCulture)} of {images.ContentHash}";
        ContentHash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    /// <inheritdoc/>
    public int Count => members.Length;

    /// <inheritdoc/>
    public int Channels => images.Channels;

    /// <inheritdoc/>
    public int Height => images.Height;

    /// <inheritdoc/>
    public int Width => images.Width;

    /// <inheritdoc/>
    public IReadOnlyList<string> ClassNames => images.ClassNames;

    /// <summary>A hash over the whole set's hash and the choice.</summary>
    public string ContentHash { get; }

    /// <inheritdoc/>
    public string Resizer => images.Resizer;

    /// <summary>The images of one class, in their order; there may be none.</summary>
    public static ImageSubset OfClass(IImageSet images, int classId) => new(
        images, [.. Enumerable.Range(0, images.Count).Where(k => images.Label(k) == classId)],
        $"class {classId}");

    /// <summary>
    /// So many images by lot, or all in shuffled order when there are no more: a dataset may be stored class
    /// by class, so its first images stand for nothing.
    /// </summary>
    public static ImageSubset ByLot(IImageSet images, int count, int seed)
    {
        var order = Enumerable.Range(0, images.Count).ToArray();
        new Random(seed).Shuffle(order);
        return new ImageSubset(
            images, order[..Math.Min(count, order.Length)], $"{count} by lot, seed {seed},");
    }

    /// <summary>The place of a member in the whole set.</summary>
    public int Origin(int index) => members[index];

    /// <inheritdoc/>
    public void CopyImages(ReadOnlySpan<int> indices, Span<byte> destination)
    {
        var places = new int[indices.Length];
        for (var k = 0; k < places.Length; k++) places[k] = members[indices[k]];
        images.CopyImages(places, destination);
    }

    /// <inheritdoc/>
    public int Label(int index) => images.Label(members[index]);
}
