using Atelier.Data.Decoding;
using Atelier.Data.Pictures;
using Atelier.Data.Resizing;

namespace Atelier.Data;

/// <summary>A picture of a dataset: a row a class, images drawn by lot.</summary>
public static class ContactSheet
{
    private const ulong LotPurpose = 5;

    /// <summary>Draws images and lays them out.</summary>
    /// <param name="source">The images.</param>
    /// <param name="split">The split to draw from, or null for all.</param>
    /// <param name="classes">The classes, a row each, in this order.</param>
    /// <param name="perClass">Images of a row, at least 1; fewer where a class has fewer.</param>
    /// <param name="size">Size that images are brought to, cut to its shape.</param>
    /// <param name="seed">Of the lot; a class gets the same images whatever other classes are shown.</param>
    /// <param name="policy">What happens to grey and transparent images, as in packing.</param>
    /// <returns>The picture, and the indices of its images by row.</returns>
    /// <exception cref="AtelierException">Kind Usage: no such class or split; kind Dataset: no image can be
    /// shown.</exception>
    public static (RasterImage Picture, IReadOnlyList<IReadOnlyList<int>> Rows) Draw(ImageSource source,
        string? split, IReadOnlyList<int> classes, int perClass, ImageSize size, ulong seed,
        ImagePolicy policy)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(classes);
        if (classes.FirstOrDefault(c => c >= source.ClassNames.Count, -1) is var wrong and >= 0)
        {
            throw new AtelierException(FailureKind.Usage,
                $"--classes {wrong}: {source.Description} has classes 0 to {source.ClassNames.Count - 1}.");
        }

        var members = Members(source, split);
        var rows = new List<IReadOnlyList<int>>();
        var images = new List<RasterImage?>();
        foreach (var label in classes)
        {
            var row = new List<int>();
            var candidates = members[label];
            SplitMix.Shuffle(candidates, SplitMix.Key(seed, LotPurpose, (ulong)label));
            foreach (var index in candidates)
            {
                if (row.Count == perClass) break;
                if (Decode(source, index, policy) is not { } image) continue;
                row.Add(index);
                images.Add(image);
            }

            images.AddRange(Enumerable.Repeat<RasterImage?>(null, perClass - row.Count));
            rows.Add(row);
        }

        return (Compose(images, source.ClassNames, classes, perClass, size), rows);
    }

    private static int[][] Members(ImageSource source, string? split)
    {
        var members = source.ClassNames.Select(_ => new List<int>()).ToList();
        foreach (var part in SourceSplits.Choose(source, split))
            for (var index = part.Start; index < part.Start + part.Count; index++)
                members[source.LabelOf(index)].Add(index);
        return [.. members.Select(list => list.ToArray())];
    }

    /// <summary>The image, or null where it cannot be used: a sheet shows what a pack would hold.</summary>
    private static RasterImage? Decode(ImageSource source, int index, ImagePolicy policy)
    {
        try
        {
            var image = source.Decode(index);
            return policy.Apply(image, image.Channels < 3 ? 1 : 3);
        }
        catch (BadImageException)
        {
            return null;
        }
    }

    private static RasterImage Compose(List<RasterImage?> images, IReadOnlyList<string> names,
        IReadOnlyList<int> classes, int perClass, ImageSize size)
    {
        const byte background = 255;
        if (images.TrueForAll(image => image is null))
            throw new AtelierException(FailureKind.Dataset,
                "None of the images of these classes can be shown; 'atelier data check' tells why.");
        var channels = images.Max(image => image?.Channels ?? 1);
        var fitter = new ImageFitter(size, ResizeFit.CentreCrop, ResizeFilter.Area);
        var widen = new ImagePolicy(GreyRule.Rgb);
        var imageBytes = channels * size.Width * size.Height;
        var planes = new byte[images.Count * imageBytes];
        planes.AsSpan().Fill(background);
        for (var i = 0; i < images.Count; i++)
        {
            if (images[i] is { } image)
                fitter.Fill(widen.Apply(image, channels), planes.AsSpan(i * imageBytes, imageBytes));
        }

        return ImageGrid.Compose(planes, channels, size.Height, size.Width, new ImageGridOptions
        {
            Rows = classes.Count,
            Columns = perClass,
            RowLabels = [.. classes.Select(c => names[c])],
        });
    }
}
