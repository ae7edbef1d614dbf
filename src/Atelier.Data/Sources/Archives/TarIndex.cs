using Atelier.IO;
using Atelier.Text;

namespace Atelier.Data.Archives;

/// <summary>
/// Lists a plain tar archive: ustar, pax, GNU's long names, V7. Links, devices, sparse files, names twice or
/// leading out of a folder, and bytes behind the end are refused, and so is whatever two programs could read
/// in two ways.
/// </summary>
internal sealed class TarIndex
{
    private const int MaxHeaderContent = 1 << 20;
    private const int Window = 1 << 16;

    private readonly UntrustedBytes file;
    private readonly HashSet<string> names = new(StringComparer.Ordinal);
    private readonly HashSet<string> folders = new(StringComparer.Ordinal);
    private readonly List<TarEntry> entries = [];
    private byte[] window = [];
    private long windowAt;
    private string? longName;
    private PaxRecords? pax;

    private TarIndex(UntrustedBytes file) => this.file = file;

    /// <summary>Reads all headers.</summary>
    /// <exception cref="AtelierException">What <see cref="UntrustedBytes.Refuse"/> makes of it.</exception>
    public static IReadOnlyList<TarEntry> Read(UntrustedBytes file)
    {
        var index = new TarIndex(file);
        index.ReadAll();
        return index.entries;
    }

    private void ReadAll()
    {
        var at = 0L;
        while (true)
        {
            if (at > file.Length - TarHeader.BlockBytes)
                throw file.Refuse("it ends without the end mark of a tar archive: an incomplete copy");
            var block = Block(at);
            if (block.IndexOfAnyExcept((byte)0) < 0) break;
            var header = new TarHeader(file, block);
            at = Take(header, at + TarHeader.BlockBytes);
        }

        if (longName is not null || pax is not null)
            throw file.Refuse("it ends with a tar header that belongs to no file");
        for (; at < file.Length; at += Window)
        {
            var rest = file.Read(at, (int)Math.Min(Window, file.Length - at));
            if (rest.AsSpan().IndexOfAnyExcept((byte)0) >= 0)
                throw file.Refuse(
                    "it has bytes behind the end mark of its tar archive: another one, hidden?");
        }
    }

    private long Take(TarHeader header, long start)
    {
        var size = header.Size;
        switch (header.Kind)
        {
            case 'L' or 'x' when longName is not null || pax is not null:
                throw file.Refuse("it has two tar headers with a name for one file");
            case 'L':
                longName = Text(Content(start, size));
                return Next(start, size);
            case 'x':
                pax = PaxRecords.Read(file, Content(start, size));
                return Next(start, size);
            case 'g':
                if (PaxRecords.Read(file, Content(start, size)) is not { Name: null, Size: null })
                    throw file.Refuse("it has a pax header that renames or resizes every file");
                return Next(start, size);
            case '0' or '\0' or '7' or '5':
                return Add(header, start, size);
            default:
                throw file.Refuse($"its entry {UntrustedText.Quote(longName ?? header.Name())} is "
                    + header.Kind switch
                    {
                        '1' => "a hard link",
                        '2' or 'K' => "a symbolic link",
                        '3' or '4' => "a device",
                        '6' => "a pipe",
                        'S' => "a sparse file",
                        _ => $"of the kind {UntrustedText.Quote(header.Kind.ToString())}",
                    } + "; only files and folders are read");
        }
    }

    private long Add(TarHeader header, long start, long stated)
    {
        var name = pax?.Name ?? longName ?? header.Name();
        var size = pax?.Size ?? stated;
        // A field that is full says zero or its highest number; anything else would be a second opinion.
        if (size != stated && stated is not (0 or 0x1_FFFF_FFFF))
            throw file.Refuse($"its entry {UntrustedText.Quote(name)} has two sizes, {stated} and {size}");
        (longName, pax) = (null, null);
        // V7 has no kind for folders, only a '/' at the end.
        var isFolder = header.Kind == '5' || (header.Kind == '\0' && name.EndsWith('/'));
        if (isFolder && size != 0)
            throw file.Refuse($"its entry {UntrustedText.Quote(name)} is a folder with content");
        var next = Next(start, size);
        if (TarName.Clean(file, NameForm.Compose(name), isFolder) is not { } path) return next;
        // Appending to an archive writes its folders again, and that is harmless.
        if (isFolder && folders.Contains(path)) return next;
        if (!names.Add(path))
            throw file.Refuse($"it has the entry {UntrustedText.Quote(path)} twice");
        if (isFolder)
            folders.Add(path);
        if (entries.Count == ArchiveLimits.MaxEntries)
            throw file.Refuse($"it has more than {ArchiveLimits.MaxEntries} entries");
        entries.Add(new TarEntry(path, start, size, isFolder));
        return next;
    }

    private long Next(long start, long size)
    {
        if (size > file.Length - start)
            throw file.Refuse(
                $"it has a tar entry of {size} bytes, and only {file.Length - start} follow: an incomplete "
                + "copy");
        return start + ((size + TarHeader.BlockBytes - 1) / TarHeader.BlockBytes * TarHeader.BlockBytes);
    }

    private byte[] Content(long start, long size) => size <= MaxHeaderContent
        ? file.Read(start, (int)size)
        : throw file.Refuse($"it has a tar header with {size} bytes; at most {MaxHeaderContent} are read");

    private string Text(byte[] content) => content is [.. var text, 0]
        ? TarName.Decode(file, text)
        : TarName.Decode(file, content);

    /// <summary>A header, out of a window so that small files cost no system call each.</summary>
    private ReadOnlySpan<byte> Block(long at)
    {
        if (at < windowAt || at + TarHeader.BlockBytes > windowAt + window.Length)
        {
            window = file.Read(at, (int)Math.Min(Window, file.Length - at));
            windowAt = at;
        }

        return window.AsSpan((int)(at - windowAt), TarHeader.BlockBytes);
    }
}
