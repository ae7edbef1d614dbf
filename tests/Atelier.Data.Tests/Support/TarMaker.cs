using System.Formats.Tar;
using System.Globalization;
using System.Text;

namespace Atelier.Data.Tests.Support;

/// <summary>Writes tar archives: honest ones by the library, lying ones header by header.</summary>
internal sealed class TarMaker
{
    private readonly List<byte> bytes = [];

    /// <summary>An archive of files as the library writes them.</summary>
    public static byte[] Make(IEnumerable<(string Name, byte[] Content)> files,
        TarEntryFormat format = TarEntryFormat.Pax)
    {
        using var memory = new MemoryStream();
        using (var writer = new TarWriter(memory, format))
        {
            foreach (var (name, content) in files)
            {
                TarEntry entry = format switch
                {
                    TarEntryFormat.V7 => new V7TarEntry(TarEntryType.V7RegularFile, name),
                    TarEntryFormat.Ustar => new UstarTarEntry(TarEntryType.RegularFile, name),
                    TarEntryFormat.Gnu => new GnuTarEntry(TarEntryType.RegularFile, name),
                    _ => new PaxTarEntry(TarEntryType.RegularFile, name),
                };
                entry.DataStream = new MemoryStream(content);
                writer.WriteEntry(entry);
            }
        }

        return memory.ToArray();
    }

    /// <summary>Adds an entry; its header says what it is told to.</summary>
    public TarMaker Add(string name, ReadOnlySpan<byte> content, char kind = '0', string? size = null,
        string link = "", int checksumError = 0)
    {
        var header = new byte[512];
        Put(header, 0, name);
        Put(header, 100, "0000644\0");
        Put(header, 124, size ?? Convert.ToString(content.Length, 8).PadLeft(11, '0'));
        header[156] = (byte)kind;
        Put(header, 157, link);
        Put(header, 257, "ustar\00000"[..8]);
        var sum = (8 * ' ') + header.Sum(static value => value) + checksumError;
        Put(header, 148, Convert.ToString(sum, 8).PadLeft(6, '0') + "\0 ");
        bytes.AddRange(header);
        bytes.AddRange(content);
        bytes.AddRange(new byte[(512 - (content.Length % 512)) % 512]);
        return this;
    }

    /// <summary>Adds a pax header in front of the next entry.</summary>
    public TarMaker Pax(string key, string value, char kind = 'x')
    {
        var rest = $" {key}={value}\n";
        var length = rest.Length + 1;
        while (length.ToString(CultureInfo.InvariantCulture).Length + rest.Length != length) length++;
        return Add("pax", Encoding.UTF8.GetBytes(length.ToString(CultureInfo.InvariantCulture) + rest), kind);
    }

    /// <summary>All bytes, and the end mark.</summary>
    public byte[] Finish() => [.. bytes, .. new byte[1024]];

    /// <summary>All bytes without an end mark.</summary>
    public byte[] Open() => [.. bytes];

    private static void Put(byte[] header, int at, string text) => Encoding.Latin1.GetBytes(text)
        .CopyTo(header, at);
}
