using Atelier.Data.Archives;
using Atelier.Data.Arrays;
using Atelier.Data.Trees;

namespace Atelier.Data.Numpy;

/// <summary>
/// Arrays of images in an NPZ or NPY file. Images are called x, images, imgs, data or arr_0, and labels y,
/// labels, label or arr_1; those of a split x_train, x_test, x_val and so on.
/// </summary>
internal static class NumpyReader
{
    private static readonly string[] ImageNames = ["x", "images", "imgs", "image", "data", "arr_0"];
    private static readonly string[] LabelNames = ["y", "labels", "label", "targets", "arr_1"];

    /// <summary>Whether a zip archive is an NPZ file: arrays and nothing else.</summary>
    public static bool Recognises(FileTree tree)
        => tree.Files.Count > 0
            && tree.Files.All(static name => name.EndsWith(".npy", StringComparison.Ordinal));

    /// <summary>Opens a single array of images without labels.</summary>
    /// <exception cref="AtelierException">Kind Dataset: not images.</exception>
    public static ArraySource Open(ArchiveBytes file)
    {
        var images = new NpyFile(file, 0, file.Length, "").Images();
        return new ArraySource($"NPY array '{Path.GetFileName(file.Path)}'", [TreeLayout.OneClass],
            [new ArrayPart("train", images, new int[images.Count])]);
    }

    /// <summary>Opens the arrays of an NPZ file; the archive is disposed with the source.</summary>
    /// <exception cref="AtelierException">Kind Dataset: no images, or labels that do not fit
    /// them.</exception>
    public static ArraySource Open(ZipTree tree)
    {
        List<ArrayPart> parts = [];
        var highest = -1;
        foreach (var split in TreeLayout.SplitNames)
        {
            if (Find(tree, ImageNames, split) is not { } imageFile) continue;
            var images = Array(tree, imageFile).Images();
            var labelFile = Find(tree, LabelNames, split);
            var labels = labelFile is { } file ? Array(tree, file).Labels() : new int[images.Count];
            if (labels.Length != images.Count)
                throw tree.Refuse(FormattableString.Invariant(
                    $"has {labels.Length} labels for {images.Count} images ({tree.Files[imageFile]})"));
            highest = Math.Max(highest, labelFile is null ? -1 : labels.Max());
            parts.Add(new ArrayPart(split, images, labels));
        }

        if (parts.Count == 0)
            throw tree.Refuse($"has the arrays {string.Join(", ", tree.Files.Take(8))}, and none is called "
                + $"{string.Join(", ", ImageNames)} (or x_train, …), as images are");
        return new ArraySource($"NPZ archive '{Path.GetFileName(tree.Path)}'",
            highest < 0 ? [TreeLayout.OneClass] : LabelTable.NumberNames(highest + 1), parts, tree);
    }

    private static int? Find(ZipTree tree, string[] names, string split)
    {
        foreach (var name in names)
        {
            string[] spellings = split == "train"
                ? [name, $"{name}_train", $"train_{name}"]
                : [$"{name}_{split}", $"{split}_{name}"];
            foreach (var spelling in spellings)
            {
                for (var file = 0; file < tree.Files.Count; file++)
                {
                    if (string.Equals(
                        tree.Files[file], spelling + ".npy", StringComparison.OrdinalIgnoreCase))
                        return file;
                }
            }
        }

        return null;
    }

    private static NpyFile Array(ZipTree tree, int file)
    {
        var (bytes, offset, length) = tree.Content(file);
        return new NpyFile(bytes, offset, length, tree.Files[file]);
    }
}
