using Atelier.Data.Archives;
using Atelier.Data.Cifar;
using Atelier.Data.Decoding;
using Atelier.Data.Hdf5;
using Atelier.Data.Lmdb;
using Atelier.Data.Numpy;
using Atelier.Data.Trees;

namespace Atelier.Data;

/// <summary>Tells what a file or folder is by what is in it; only first bytes and names are looked
/// at.</summary>
internal static class DatasetProbe
{
    private const int PrefixBytes = TarHeader.BlockBytes;

    /// <summary>What a folder is, or null and why it is of no use.</summary>
    public static (DatasetKind? Kind, string What) Folder(string path)
    {
        if (PackedDataset.Recognises(path)) return (DatasetKind.Packed, "");
        if (IdxFolderSource.Recognises(path)) return (DatasetKind.IdxFolder, "");
        if (IsCifar(path)) return (DatasetKind.Cifar, "");
        if (LmdbOpener.Recognises(path)) return (DatasetKind.Lmdb, "");
        if (Directory.EnumerateDirectories(path).Any(static folder => Path.GetFileName(folder)[0] != '.'))
            return (DatasetKind.ClassFolders, "");
        if (ArchiveOpener.ShardsOf(path).Count > 0) return (DatasetKind.TarShards, "");
        var count = 0;
        foreach (var file in Directory.EnumerateFiles(path))
        {
            count++;
            if (Path.GetFileName(file)[0] != '.' && (TreeLayout.HasImageName(file)
                || ImageSniffer.Identify(Prefix(file)) != ImageFormat.Unknown))
                return (DatasetKind.ImageFolder, "");
        }

        return (null, count == 0 ? "is an empty folder" : FormattableString.Invariant(
            $"is a folder with {count} files, and none of them is an image"));
    }

    /// <summary>What a file is, or null and why it is of no use.</summary>
    public static (DatasetKind? Kind, string What) File(string path)
    {
        // Opened before anything else: this refuses pipes, which would let every reader wait.
        using var file = ArchiveBytes.Open(path);
        if (PackedDataset.Recognises(path)) return (DatasetKind.Packed, "");
        var prefix = file.Read(0, (int)Math.Min(PrefixBytes, file.Length));
        if (Hdf5Superblock.Recognises(prefix)) return (DatasetKind.Hdf5, "");
        if (LmdbMeta.Recognises(prefix)) return (DatasetKind.Lmdb, "");
        if (NpyHeader.Recognises(prefix)) return (DatasetKind.Numpy, "");
        if (prefix.AsSpan().StartsWith("PK"u8))
            return (IsNumpy(path) ? DatasetKind.Numpy : DatasetKind.Zip, "");
        if (TarHeader.HasChecksum(prefix)) return (DatasetKind.Tar, "");
        var compression = CompressedFile.Identify(prefix);
        if (compression == Compression.None) return (null, Describe(prefix));
        var inner = CompressedFile.Peek(file, compression, PrefixBytes);
        return TarHeader.HasChecksum(inner) ? (DatasetKind.Tar, "")
            : (null, inner.AsSpan().StartsWith("\0\0\u0008"u8)
                ? "is a single IDX file; name its folder"
                : $"is a {compression.ToString().ToLowerInvariant()} file without a tar archive in it");
    }

    private static bool IsCifar(string folder) => CifarVariant.All.Any(variant =>
        System.IO.File.Exists(Path.Combine(folder, variant.Names))
        && System.IO.File.Exists(Path.Combine(folder, variant.Test)));

    private static bool IsNumpy(string path)
    {
        using var tree = new ZipTree(ArchiveBytes.Open(path));
        return NumpyReader.Recognises(tree);
    }

    private static string Describe(ReadOnlySpan<byte> prefix)
    {
        if (ImageSniffer.Identify(prefix) != ImageFormat.Unknown)
            return "is a single image; name the folder that it lies in";
        if (prefix.StartsWith("\0\0\u0008"u8)) return "is a single IDX file; name its folder";
        if (prefix.Length > 5 && prefix[0] == 0xFD && prefix[1..].StartsWith("7zXZ"u8))
            return "is an xz file, which is not read here; unpack it first ('tar -xf' or 'xz -d')";
        if (prefix.StartsWith("BZh"u8))
            return "is a bzip2 file, which is not read here; unpack it first ('tar -xf' or 'bzip2 -d')";
        return prefix.StartsWith("7z"u8) || prefix.StartsWith("Rar!"u8)
            ? "is an archive of 7-Zip or RAR, which is not read here; unpack it first"
            : "is a file, but no dataset of a known form";
    }

    private static byte[] Prefix(string path)
    {
        try
        {
            return RegularFile.Read(path, ImageSniffer.PrefixBytes, out _);
        }
        catch (BadImageException)
        {
            // Whether it is an image cannot be told; other files of the folder may be.
            return [];
        }
    }
}
