using System.Text;
using Atelier.IO;
using Atelier.Text;

namespace Atelier.Data.Archives;

/// <summary>The names of tar entries, as far as they stay inside a folder.</summary>
internal static class TarName
{
    /// <summary>Text of a header.</summary>
    public static string Decode(UntrustedBytes file, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > ArchiveLimits.MaxNameBytes)
            throw file.Refuse($"it has a name of {bytes.Length} bytes");
        return System.Text.Unicode.Utf8.IsValid(bytes)
            ? Encoding.UTF8.GetString(bytes)
            : throw file.Refuse("it has a name that is not UTF-8");
    }

    /// <summary>
    /// A name without "./" before it and '/' behind it, or null for the top folder itself.
    /// </summary>
    public static string? Clean(UntrustedBytes file, string name, bool isFolder)
    {
        var path = name;
        while (path.StartsWith("./", StringComparison.Ordinal))
            path = path[2..];
        if (isFolder)
            path = path.TrimEnd('/');
        if (isFolder && path is "" or ".")
            return null;
        var isPlain = !path.Any(char.IsControl) && !path.Contains('\\', StringComparison.Ordinal)
            && path.Split('/').All(static part => part is not ("" or "." or ".."))
            && !(path.Length >= 2 && path[1] == ':' && char.IsAsciiLetter(path[0]));
        return isPlain ? path : throw file.Refuse(
            $"its entry {UntrustedText.Quote(name)} has a name that could lead out of a folder");
    }
}
