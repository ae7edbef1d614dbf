using System.Text;
using Atelier.Data.Archives;
using Atelier.Data.Arrays;
using Atelier.Data.Decoding;
using Atelier.Data.Trees;
using Atelier.Text;
using Atelier.Torch.Pickle;

namespace Atelier.Data.Cifar;

/// <summary>
/// Reads CIFAR-10 and CIFAR-100 (Krizhevsky, "Learning Multiple Layers of Features from Tiny Images", 2009)
/// as published, in the python and in the binary version, from a folder or an archive.
/// </summary>
internal sealed class CifarReader
{
    private const int Side = 32;
    private const int MostClasses = 256;

    private static readonly ImageShape Shape = new(Side, Side, 3, IsPlanar: true);

    private readonly FileTree tree;
    private readonly CifarVariant variant;
    private readonly string prefix;
    private readonly bool isCoarse;

    private CifarReader(FileTree tree, CifarVariant variant, string prefix, bool isCoarse)
        => (this.tree, this.variant, this.prefix, this.isCoarse) = (tree, variant, prefix, isCoarse);

    /// <summary>Whether a tree holds CIFAR.</summary>
    public static bool Recognises(FileTree tree) => Find(tree) is not null;

    /// <summary>Reads all images into memory, at most 200 MB.</summary>
    /// <param name="tree">The files; the caller disposes it.</param>
    /// <param name="labels">Which labels of CIFAR-100; fine ones unless said.</param>
    /// <exception cref="AtelierException">Kind Dataset: a file is missing or broken; kind Usage: labels were
    /// chosen, and this is CIFAR-10.</exception>
    public static ArraySource Open(FileTree tree, LabelSet? labels)
    {
        var (variant, prefix) = Find(tree) ?? throw tree.Refuse("holds no CIFAR");
        if (labels is not null && !variant.HasFineLabels)
            throw OneLabelOnly(tree.Path, labels.Value);
        return new CifarReader(tree, variant, prefix, labels == LabelSet.Coarse).Read();
    }

    /// <summary>The failure of a choice among labels where there is none.</summary>
    public static AtelierException OneLabelOnly(string path, LabelSet labels)
    {
        var word = labels.ToString().ToLowerInvariant();
        return new AtelierException(FailureKind.Usage,
            $"--labels {word}: '{path}' has one label for each image; only CIFAR-100 has fine and coarse "
            + "ones. Leave --labels out.");
    }

    private static (CifarVariant Variant, string Prefix)? Find(FileTree tree)
    {
        foreach (var variant in CifarVariant.All)
        {
            // The archives hold one folder, which may have been unpacked with or without.
            var name = tree.Files.FirstOrDefault(each => each == variant.Names || (
                each.EndsWith("/" + variant.Names, StringComparison.Ordinal)
                && each.IndexOf('/', StringComparison.Ordinal) == each.Length - variant.Names.Length - 1));
            if (name is null) continue;
            var prefix = name[..^variant.Names.Length];
            if (tree.Find(prefix + variant.Test) >= 0 || tree.Find(prefix + variant.Train[0]) >= 0)
                return (variant, prefix);
        }

        return null;
    }

    private string NamesFile
        => isCoarse && !variant.IsPython ? CifarVariant.CoarseNamesFile : variant.Names;

    private ArraySource Read()
    {
        var names = ClassNames();
        List<ArrayPart> parts = [.. variant.Train.Select(file => Part("train", file, names.Count)),
            Part("test", variant.Test, names.Count)];
        return new ArraySource($"{variant.Name}{(isCoarse ? ", coarse labels" : "")}, {tree.Description}",
            names, parts);
    }

    private List<string> ClassNames()
    {
        if (!variant.IsPython)
        {
            var text = Encoding.UTF8.GetString(Bytes(NamesFile));
            return Checked(text.Split('\n').Select(static line => line.Trim())
                .Where(static line => line.Length > 0).ToList());
        }

        var values = Pickle(variant.Names);
        var key = !variant.HasFineLabels ? "label_names"
            : isCoarse ? "coarse_label_names" : "fine_label_names";
        return values.GetValueOrDefault(key) is object?[] list && list.All(static each => each is string)
            ? Checked([.. list.Cast<string>()])
            : throw Refuse(variant.Names, $"has no list '{key}'");
    }

    private List<string> Checked(List<string> names)
        => names.Count is > 0 and <= MostClasses && names.TrueForAll(PackedFormat.IsClassName)
            ? names
            : throw Refuse(NamesFile, "does not hold names of classes");

    private ArrayPart Part(string split, string file, int classes)
    {
        var part = variant.IsPython ? PicklePart(split, file) : RecordPart(split, file);
        var bad = Array.FindIndex(part.Labels, label => label < 0 || label >= classes);
        return bad < 0 ? part : throw Refuse(file, FormattableString.Invariant(
            $"has the label {part.Labels[bad]} at image {bad}; there are {classes} classes"));
    }

    private ArrayPart RecordPart(string split, string file)
    {
        var bytes = Bytes(file);
        var head = variant.HasFineLabels ? 2 : 1;
        var record = head + Shape.Bytes;
        if (bytes.Length == 0 || bytes.Length % record != 0)
            throw Refuse(file, FormattableString.Invariant(
                $"has {bytes.Length} bytes, which is no multiple of {record}: an incomplete copy?"));
        // CIFAR-100 has the coarse label first.
        var at = variant.HasFineLabels && !isCoarse ? 1 : 0;
        var labels = new int[bytes.Length / record];
        for (var i = 0; i < labels.Length; i++)
            labels[i] = bytes[(i * record) + at];
        return new ArrayPart(split, new StridedArray(
            new ArchiveBytes(tree.Path, bytes), head, record, labels.Length, Shape), labels);
    }

    private ArrayPart PicklePart(string split, string file)
    {
        var values = Pickle(file);
        var key = !variant.HasFineLabels ? "labels" : isCoarse ? "coarse_labels" : "fine_labels";
        if (values.GetValueOrDefault("data") is not
            NumpyArray { Element: "u1", Shape: [var count, 3072] } data)
            throw Refuse(file, "has no array 'data' of uint8 [N, 3072]");
        if (count == 0 || values.GetValueOrDefault(key) is not object?[] labels || labels.Length != count
            || !labels.All(static each => each is long and >= 0 and < MostClasses))
            throw Refuse(file, FormattableString.Invariant($"has no list '{key}' of {count} labels"));
        return new ArrayPart(split, new StridedArray(
            new ArchiveBytes(tree.Path, data.Data), 0, Shape.Bytes, (int)count, Shape),
            [.. labels.Select(static each => (int)(long)each!)]);
    }

    private IReadOnlyDictionary<string, object?> Pickle(string file)
        => NumpyPickle.Read(Bytes(file), holds => Refuse(file,
            $"is refused: {holds}. Expected a batch as it is published; nothing of it was executed"));

    private byte[] Bytes(string file)
    {
        var index = tree.Find(prefix + file);
        if (index < 0)
            throw tree.Refuse(
                $"looks like {variant.Name}, but {UntrustedText.Quote(prefix + file)} is missing");
        try
        {
            return tree.ReadAll(index);
        }
        catch (BadImageException exception)
        {
            throw Refuse(file, $"cannot be read: {exception.Message}");
        }
    }

    private AtelierException Refuse(string file, string what)
        => tree.Refuse($"cannot be used: its {UntrustedText.Quote(prefix + file)} {what}");
}
