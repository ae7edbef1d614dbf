using System.Globalization;
using System.Text;
using Atelier.IO;
using Atelier.Text;

namespace Atelier.Data.Archives;

/// <summary>
/// The records of a pax header (POSIX.1-2001): lines of "LENGTH KEY=VALUE". Path and size are taken; times,
/// owners and vendors' remarks are passed over.
/// </summary>
/// <param name="Name">The path, or null.</param>
/// <param name="Size">The size of the content, or null.</param>
internal readonly record struct PaxRecords(string? Name, long? Size)
{
    /// <summary>Reads the content of one header.</summary>
    /// <exception cref="AtelierException">A record is broken, stands twice, or makes a link or a sparse
    /// file.</exception>
    public static PaxRecords Read(UntrustedBytes file, ReadOnlySpan<byte> content)
    {
        var records = default(PaxRecords);
        while (!content.IsEmpty)
        {
            var space = content[..Math.Min(content.Length, 10)].IndexOf((byte)' ');
            if (space <= 0 || !int.TryParse(content[..space], NumberStyles.None, CultureInfo.InvariantCulture,
                out var length) || length <= space + 1 || length > content.Length
                || content[length - 1] != (byte)'\n')
                throw Broken(file);
            var line = content[(space + 1)..(length - 1)];
            content = content[length..];
            var equals = line.IndexOf((byte)'=');
            if (equals <= 0) throw Broken(file);
            records = records.With(file, Encoding.Latin1.GetString(line[..equals]), line[(equals + 1)..]);
        }

        return records;
    }

    private PaxRecords With(UntrustedBytes file, string key, ReadOnlySpan<byte> value)
    {
        switch (key)
        {
            case "path" when Name is null:
                return this with { Name = TarName.Decode(file, value) };
            case "size" when Size is null:
                return long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var size)
                    ? this with { Size = size }
                    : throw Broken(file);
            case "path" or "size":
                throw file.Refuse($"it has a pax header with the key {key} twice");
            case "linkpath":
                throw file.Refuse("it has a pax header that makes a link; only files and folders are read");
            case "hdrcharset" or "charset":
                throw file.Refuse("it has a pax header that changes the character set; UTF-8 is read");
            default:
                return key.StartsWith("GNU.sparse", StringComparison.Ordinal)
                    ? throw file.Refuse("it has a sparse file, which no image is")
                    : key.All(static c => c is > ' ' and <= '~') ? this
                    : throw file.Refuse($"it has a pax header with the key {UntrustedText.Quote(key)}");
        }
    }

    private static AtelierException Broken(UntrustedBytes file)
        => file.Refuse("it has a pax header whose records are broken");
}
