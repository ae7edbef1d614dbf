using System.Text;
using Atelier.Torch.Safetensors;

namespace Atelier.IO.Zip;

/// <summary>The names of zip entries, as far as they stay inside a folder.</summary>
internal static class ZipName
{
    /// <summary>Reads a name.</summary>
    /// <exception cref="AtelierException">It is empty, too long, no UTF-8, or leads out of a
    /// folder.</exception>
    public static string Read(UntrustedBytes file, ZipRules rules, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length == 0 || bytes.Length > rules.NameBytes)
            throw file.Refuse($"its zip archive has a name of {bytes.Length} bytes");
        if (!System.Text.Unicode.Utf8.IsValid(bytes))
            throw file.Refuse("its zip archive has a name that is not UTF-8");
        var name = Encoding.UTF8.GetString(bytes);
        var path = !rules.OfTorchSave && name.EndsWith('/') ? name[..^1] : name;
        return IsPlain(path, rules)
            ? name
            : throw file.Refuse(
                $"its zip entry {SafetensorsLimits.Quote(name)} has a name that could lead out of a folder");
    }

    private static bool IsPlain(string path, ZipRules rules) =>
        !path.Any(char.IsControl) && !path.Contains('\\', StringComparison.Ordinal) &&
        path.Split('/').All(static part => part is not ("" or "." or "..")) &&
        (rules.OfTorchSave || !(path.Length >= 2 && path[1] == ':' && char.IsAsciiLetter(path[0])));
}
