using System.IO.Compression;
using Atelier.Data.Decoding;
using Atelier.Data.Trees;
using Atelier.IO;
using Atelier.IO.Zip;
using Atelier.Text;

namespace Atelier.Data.Archives;

/// <summary>The files of a zip archive; each is inflated in memory when it is read.</summary>
internal sealed class ZipTree : FileTree
{
    private static readonly ZipRules Rules = new(
        ArchiveLimits.MaxEntries, ArchiveLimits.MaxZipDirectoryBytes, ArchiveLimits.MaxNameBytes, false);

    private const int VerifyBytes = 1 << 20;

    private readonly ArchiveBytes file;
    private readonly ZipEntry[] entries;

    /// <summary>Reads and checks the structure, and takes over the bytes.</summary>
    /// <exception cref="AtelierException">Kind Dataset: damaged, hostile or too large.</exception>
    public ZipTree(ArchiveBytes file)
    {
        this.file = file;
        var zip = StrictZip.Read(file, Rules);
        var total = 0L;
        foreach (var entry in zip.Entries)
        {
            if (ArchiveLimits.IsBomb(entry.PackedLength, entry.Length))
                throw file.Refuse(
                    $"its zip entry {UntrustedText.Quote(entry.Name)} has {entry.Length} bytes packed into " +
                    $"{entry.PackedLength}, more than {ArchiveLimits.MaxRatio} to 1");
            if (entry.Length > ArchiveLimits.MaxTotalBytes - total)
                throw file.Refuse($"its entries have more than {ArchiveLimits.MaxTotalBytes} bytes together");
            total += entry.Length;
            if (entry.IsFolder && zip.Find(entry.Name[..^1]) is not null)
                throw file.Refuse(
                    $"its zip entry {UntrustedText.Quote(entry.Name)} is a folder and a file as well");
        }

        var named = zip.Entries.Select(static entry => entry with { Name = NameForm.Compose(entry.Name) })
            .OrderBy(static entry => entry.Name, StringComparer.Ordinal).ToList();
        entries = [.. named.Where(static entry => !entry.IsFolder)];
        Files = [.. entries.Select(static entry => entry.Name)];
        Folders = [.. named.Where(static entry => entry.IsFolder).Select(static entry => entry.Name[..^1])];
        for (var i = 1; i < Files.Count; i++)
        {
            if (Files[i] == Files[i - 1])
                throw file.Refuse(
                    $"it has the entry {UntrustedText.Quote(Files[i])} twice, spelt in two ways");
        }
    }

    /// <inheritdoc/>
    public override string Description => $"zip archive '{System.IO.Path.GetFileName(Path)}'";

    /// <inheritdoc/>
    public override string Path => file.Path;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Files { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Folders { get; }

    /// <summary>The content of a file to read from anywhere in it: where it lies, or spooled when it is
    /// deflated. Its checksum is compared first.</summary>
    /// <exception cref="AtelierException">Kind Dataset: it is damaged.</exception>
    public (ArchiveBytes Bytes, long Offset, long Length) Content(int index)
    {
        var entry = entries[index];
        var (bytes, offset) = (file, entry.DataOffset);
        if (entry.IsDeflated)
        {
            using var stream = OpenStream(index);
            (bytes, offset) = (Spool.Write(Path, stream, entry.PackedLength), 0);
        }

        var check = 0u;
        for (var done = 0L; done < entry.Length; done += VerifyBytes)
            check = Crc32.Append(check,
                bytes.Read(offset + done, (int)Math.Min(VerifyBytes, entry.Length - done)));
        return check == entry.Crc && (bytes == file || bytes.Length == entry.Length)
            ? (bytes, offset, entry.Length)
            : throw file.Refuse(
                $"the bytes of its {UntrustedText.Quote(entry.Name)} do not have the CRC that the archive "
                + "states");
    }

    /// <inheritdoc/>
    public override byte[] Read(int file, long most, out bool isWhole)
    {
        var entry = entries[file];
        isWhole = entry.Length <= most;
        var bytes = GC.AllocateUninitializedArray<byte>((int)Math.Min(entry.Length, most));
        using var stream = OpenStream(file);
        try
        {
            var count = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (count < bytes.Length || (isWhole && stream.ReadByte() >= 0))
                throw new BadImageException(
                    FormattableString.Invariant($"it does not unpack to the {entry.Length} bytes it claims"));
        }
        catch (InvalidDataException)
        {
            throw new BadImageException("its compressed data is damaged");
        }

        return !isWhole || Crc32.Of(bytes) == entry.Crc ? bytes
            : throw new BadImageException("its bytes do not have the CRC that the archive states");
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            file.Dispose();
        base.Dispose(disposing);
    }

    private Stream OpenStream(int index)
    {
        var entry = entries[index];
        var range = new RangeStream(file, entry.DataOffset, entry.PackedLength);
        return entry.IsDeflated ? new DeflateStream(range, CompressionMode.Decompress) : range;
    }
}
