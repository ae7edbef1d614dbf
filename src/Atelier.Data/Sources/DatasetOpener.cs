namespace Atelier.Data;

/// <summary>Finds out what a path is, and opens it.</summary>
public static class DatasetOpener
{
    private const string Accepted = "Accepted are a packed dataset (.atl), a folder with IDX files "
        + "(train-images-idx3-ubyte), and a folder with one sub-folder of images a class.";

    /// <summary>Tells what a path is.</summary>
    /// <exception cref="AtelierException">Kind Dataset: nothing that can be used; the message names what was
    /// found.</exception>
    public static DatasetKind Identify(string path)
    {
        try
        {
            if (Directory.Exists(path))
            {
                if (PackedDataset.Recognises(path))
                    return DatasetKind.Packed;
                if (IdxFolderSource.Recognises(path))
                    return DatasetKind.IdxFolder;
                return ClassFolderScan.HasClassFolders(path) ? DatasetKind.ClassFolders
                    : throw FlatFolder(path);
            }

            if (!File.Exists(path))
                throw Refuse(path, "does not exist");
            return PackedDataset.Recognises(path) ? DatasetKind.Packed
                : throw Refuse(path, DescribeFile(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw IO.DiskFailure.From(exception, path);
        }
    }

    /// <summary>Opens whatever a path is as a source to pack.</summary>
    /// <param name="path">A packed file, an IDX folder, or a folder of class folders.</param>
    /// <param name="hint">For IDX folders: "fashion" names the classes of Fashion-MNIST.</param>
    /// <exception cref="AtelierException">Kind Dataset: nothing that can be used.</exception>
    public static ImageSource OpenSource(string path, string? hint = null) => Identify(path) switch
    {
        DatasetKind.Packed => new PackedSource(PackedDataset.Open(path)),
        DatasetKind.IdxFolder => new IdxFolderSource(path, hint),
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

    private static AtelierException FlatFolder(string path)
    {
        var files = Directory.EnumerateFiles(path).Count();
        return Refuse(path, files == 0
            ? "is an empty folder"
            : FormattableString.Invariant(
            $"is a folder with {files} files but no class folders; put the images of each ")
            + "class into a sub-folder (one sub-folder is enough when there are no classes)");
    }

    private static string DescribeFile(string path)
    {
        Span<byte> prefix = stackalloc byte[Decoding.ImageSniffer.PrefixBytes];
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 0);
        var length = file.ReadAtLeast(prefix, prefix.Length, throwOnEndOfStream: false);
        prefix = prefix[..length];
        return Decoding.ImageSniffer.Identify(prefix) != Decoding.ImageFormat.Unknown
            ? "is a single image; name the folder above its class folder"
            : prefix.StartsWith("\0\0\u0008"u8) ? "is a single IDX file; name its folder"
            : "is a file, but no packed dataset";
    }

    private static AtelierException Refuse(string path, string what)
        => new(FailureKind.Dataset, $"'{path}' {what}. {Accepted}");
}
