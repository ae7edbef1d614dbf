using Atelier.Data.Archives;
using Atelier.Data.Cifar;
using Atelier.Data.Hdf5;
using Atelier.Data.Lmdb;
using Atelier.Data.Numpy;
using Atelier.Data.Trees;

namespace Atelier.Data;

/// <summary>Finds out what a path is, by its content and not by its name, and opens it.</summary>
public static class DatasetOpener
{
    private const string Accepted = "Accepted are a packed dataset (.atl); a folder of images, with one "
        + "sub-folder a class, a labels.csv, a dataset.json or no labels; the same in a zip or tar archive "
        + "(.gz and .zst too); WebDataset shards (shard-{000..009}.tar or their folder); a folder with IDX "
        + "files (train-images-idx3-ubyte); CIFAR-10 and CIFAR-100 as published; LMDB as LSUN's; HDF5 with "
        + "'imgs' and 'labels'; NPZ and NPY. See docs/data-sources.md.";

    /// <summary>Tells what a path is.</summary>
    /// <exception cref="AtelierException">Kind Dataset: nothing that can be used; the message names what was
    /// found.</exception>
    public static DatasetKind Identify(string path)
    {
        try
        {
            if (Directory.Exists(path))
                return Known(path, DatasetProbe.Folder(path));
            if (File.Exists(path))
                return Known(path, DatasetProbe.File(path));
            return BracePattern.Recognises(path)
                ? DatasetKind.TarShards
                : throw Refuse(path, "does not exist");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw IO.DiskFailure.From(exception, path);
        }
    }

    /// <summary>Opens whatever a path is as a source to pack.</summary>
    /// <param name="path">Any of <see cref="DatasetKind"/>.</param>
    /// <param name="hint">For IDX folders: "fashion" names the classes of Fashion-MNIST.</param>
    /// <param name="labels">For CIFAR-100: which of its labels; null for the fine ones.</param>
    /// <exception cref="AtelierException">Kind Dataset: nothing that can be used, damaged or hostile; kind
    /// Disk: it cannot be read, or no space to decompress it; kind Usage: labels were chosen, and the source
    /// has no two of an image.</exception>
    public static ImageSource OpenSource(string path, string? hint = null, LabelSet? labels = null)
    {
        var kind = Identify(path);
        if (labels is { } chosen && kind is not (DatasetKind.Cifar or DatasetKind.Tar))
            throw CifarReader.OneLabelOnly(path, chosen);
        return kind switch
        {
            DatasetKind.Cifar => OpenCifar(new FolderTree(path), labels),
            DatasetKind.Tar => OpenTar(path, labels),
            _ => Open(kind, path, hint),
        };
    }

    private static ImageSource Open(DatasetKind kind, string path, string? hint) => kind switch
    {
        DatasetKind.Packed => new PackedSource(PackedDataset.Open(path)),
        DatasetKind.IdxFolder => new IdxFolderSource(path, hint),
        DatasetKind.Zip => new TreeSource(OpenBytes(path, static bytes => new ZipTree(bytes))),
        DatasetKind.TarShards => new TreeSource(ArchiveOpener.OpenShards(path, Directory.Exists(path)
            ? ArchiveOpener.ShardsOf(path) : BracePattern.Expand(path))),
        DatasetKind.Lmdb => new TreeSource(LmdbOpener.Open(path)),
        DatasetKind.Hdf5 => OpenBytes(path, Hdf5Reader.Open),
        DatasetKind.Numpy => OpenBytes(path, OpenNumpy),
        _ => new ClassFolderSource(path),
    };

    /// <summary>
    /// Opens a packed file as it is, or packs anything else into <paramref name="packedPath"/> first. A file
    /// that an earlier call left there is not looked at: the caller decides when it is still good.
    /// </summary>
    /// <exception cref="AtelierException">As <see cref="DatasetPacker.Pack"/> and <see
    /// cref="PackedDataset.Open(string)"/>.</exception>
    public static PackedDataset OpenOrPack(string path, string packedPath, PackOptions options,
        string? hint = null,
        IProgress<PackProgress>? progress = null, CancellationToken cancel = default)
    {
        if (Identify(path) == DatasetKind.Packed)
            return PackedDataset.Open(path);
        using var source = OpenSource(path, hint);
        DatasetPacker.Pack(source, packedPath, options, progress, cancel);
        return PackedDataset.Open(packedPath);
    }

    private static ImageSource OpenTar(string path, LabelSet? labels)
    {
        var tree = ArchiveOpener.OpenTar(path);
        if (CifarReader.Recognises(tree)) return OpenCifar(tree, labels);
        if (labels is null) return new TreeSource(tree);
        tree.Dispose();
        throw CifarReader.OneLabelOnly(path, labels.Value);
    }

    private static ArraySource OpenCifar(FileTree tree, LabelSet? labels)
    {
        using (tree)
            return CifarReader.Open(tree, labels);
    }

    private static ArraySource OpenNumpy(ArchiveBytes bytes)
        => bytes.Read(0, 2).AsSpan().SequenceEqual("PK"u8)
            ? NumpyReader.Open(new ZipTree(bytes))
            : NumpyReader.Open(bytes);

    private static T OpenBytes<T>(string path, Func<ArchiveBytes, T> open)
    {
        var bytes = ArchiveBytes.Open(path);
        try
        {
            return open(bytes);
        }
        catch
        {
            bytes.Dispose();
            throw;
        }
    }

    private static DatasetKind Known(string path, (DatasetKind? Kind, string What) found)
        => found.Kind ?? throw Refuse(path, found.What);

    private static AtelierException Refuse(string path, string what)
        => new(FailureKind.Dataset, $"'{path}' {what}. {Accepted}");
}
