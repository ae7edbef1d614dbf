using System.Globalization;
using Atelier.Data.Decoding;
using Atelier.Data.Resizing;

namespace Atelier.Data;

/// <summary>
/// A folder with MNIST's files: <c>train-images-idx3-ubyte</c>, <c>train-labels-idx1-ubyte</c>,
/// <c>t10k-…</c>, plain or <c>.gz</c>. The classes are named when the path or the hint speaks of
/// Fashion-MNIST, and are numbers otherwise.
/// </summary>
public sealed class IdxFolderSource : ImageSource
{
    private static readonly string[] FashionNames =
        ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag",
            "Ankle boot"];

    private static readonly (string Name, string Prefix)[] Parts = [("train", "train"), ("test", "t10k")];

    private readonly List<(IdxData Images, byte[] Labels)> data = [];
    private readonly List<SourceSplit> splits = [];

    /// <summary>Reads the whole folder into memory.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="hint">"fashion" names the classes even when the path does not say so.</param>
    /// <exception cref="AtelierException">Kind Dataset: files are missing, broken, or do not fit each
    /// other.</exception>
    public IdxFolderSource(string folder, string? hint = null)
    {
        Description = $"IDX folder '{Path.GetFileName(Path.GetFullPath(folder).TrimEnd('/'))}'";
        foreach (var (name, prefix) in Parts)
        {
            if (Find(folder, prefix, "images", 3) is { } images)
                Add(folder, name, prefix, IdxReader.Read(images));
        }

        if (data.Count == 0)
            throw new AtelierException(FailureKind.Dataset,
                $"'{folder}' has no IDX images (train-images-idx3-ubyte).");
        ClassNames = NamesFor(folder, hint);
    }

    /// <inheritdoc/>
    public override string Description { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> ClassNames { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<SourceSplit> Splits => splits;

    /// <summary>True when a folder holds IDX images under one of the known names.</summary>
    public static bool Recognises(string folder)
        => Parts.Any(part => Find(folder, part.Prefix, "images", 3) is not null);

    /// <inheritdoc/>
    public override ResizeFit FitFor(int size)
        => data.All(part => part.Images.Dimensions[1] <= size && part.Images.Dimensions[2] <= size)
            ? ResizeFit.Pad
            : ResizeFit.CentreCrop;

    /// <inheritdoc/>
    public override string NameOf(int index)
    {
        var (part, offset) = Locate(index);
        return string.Create(CultureInfo.InvariantCulture, $"{splits[part].Name} image {offset}");
    }

    /// <inheritdoc/>
    public override int LabelOf(int index)
    {
        var (part, offset) = Locate(index);
        return data[part].Labels[offset];
    }

    /// <inheritdoc/>
    public override ImageHeader ReadHeader(int index)
    {
        var sizes = data[Locate(index).Part].Images.Dimensions;
        return new ImageHeader(ImageFormat.Raw, sizes[2], sizes[1], 1, false, 8);
    }

    /// <inheritdoc/>
    public override RasterImage Decode(int index)
    {
        var (part, offset) = Locate(index);
        var images = data[part].Images;
        var (height, width) = (images.Dimensions[1], images.Dimensions[2]);
        var pixels = images.Bytes.AsSpan(offset * height * width, height * width).ToArray();
        return new RasterImage(width, height, 1, pixels);
    }

    private static string? Find(string folder, string prefix, string what, int rank)
    {
        string[] names = [$"{prefix}-{what}-idx{rank}-ubyte", $"{prefix}-{what}.idx{rank}-ubyte"];
        return names.SelectMany(name => new[] { name, name + ".gz" })
            .Select(name => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
    }

    private void Add(string folder, string name, string prefix, IdxData images)
    {
        if (images.Dimensions.Count != 3)
        {
            throw new AtelierException(FailureKind.Dataset,
                $"The {name} images of '{folder}' have {images.Dimensions.Count} dimensions; "
                + "expected 3 (count, rows, columns).");
        }

        ImageLimits.Check(images.Dimensions[2], images.Dimensions[1]);
        var path = Find(folder, prefix, "labels", 1)
            ?? throw new AtelierException(FailureKind.Dataset,
                $"'{folder}' has {name} images but no labels; add {prefix}-labels-idx1-ubyte or its .gz.");
        var labels = IdxReader.Read(path);
        if (labels.Dimensions.Count != 1 || labels.Dimensions[0] != images.Dimensions[0])
        {
            throw new AtelierException(FailureKind.Dataset,
                $"'{path}' has {string.Join('x', labels.Dimensions)} labels for "
                + $"{images.Dimensions[0]} images.");
        }

        splits.Add(new SourceSplit(name, splits.Sum(split => split.Count), images.Dimensions[0]));
        data.Add((images, labels.Bytes));
    }

    private string[] NamesFor(string folder, string? hint)
    {
        var highest = data.Max(part => part.Labels.Max());
        var fashion = (hint ?? Path.GetFullPath(folder))
            .Contains("fashion", StringComparison.OrdinalIgnoreCase);
        if (fashion && highest < FashionNames.Length)
            return FashionNames;
        return [.. Enumerable.Range(0, Math.Max(10, highest + 1))
            .Select(i => i.ToString(CultureInfo.InvariantCulture))];
    }

    private (int Part, int Offset) Locate(int index)
    {
        var part = splits.FindLastIndex(split => split.Start <= index);
        return (part, index - splits[part].Start);
    }
}
