using System.Text;

namespace Atelier.Training.Recipes;

/// <summary>
/// Turns the bytes of a recipe file into text, or says where they are not text that a recipe may hold.
/// </summary>
internal static class RecipeText
{
    /// <summary>Largest recipe file, in bytes; a real one has 3 KB.</summary>
    public const int MaximumBytes = 1 << 20;

    private static readonly UTF8Encoding StrictUtf8 =
        new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Decodes strictly; null when a fault was added.</summary>
    public static string? Decode(ReadOnlySpan<byte> bytes, string source, List<RecipeFault> faults)
    {
        if (bytes.Length > MaximumBytes)
        {
            faults.Add(
                new(
                    new(source, 1, 1),
                    $"the file has {bytes.Length} bytes, a recipe has at most {MaximumBytes} (1 MB)"));
            return null;
        }

        if (bytes.StartsWith("\uFEFF"u8))
            bytes = bytes[3..];
        string text;
        try
        {
            text = StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException e)
        {
            // Everything before the bad byte is valid, so its line and column can be counted in characters.
            var before = Encoding.UTF8.GetString(bytes[..Math.Clamp(e.Index, 0, bytes.Length)]);
            var line = before.Count(c => c == '\n') + 1;
            var column = before.Length - (before.LastIndexOf('\n') + 1) + 1;
            faults.Add(new(new(source, line, column), "this byte is not UTF-8; save the recipe as UTF-8"));
            return null;
        }

        return CheckCharacters(text, source, faults) ? text : null;
    }

    /// <summary>
    /// Refuses tabs and control characters, the first of each line; false when a fault was added.
    /// </summary>
    public static bool CheckCharacters(string text, string source, List<RecipeFault> faults)
    {
        var clean = true;
        int line = 1, lineStart = 0, reportedLine = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\n')
            {
                line++;
                lineStart = i + 1;
                continue;
            }

            var carriageReturn = c == '\r' && i + 1 < text.Length && text[i + 1] == '\n';
            if (!char.IsControl(c) || carriageReturn || reportedLine == line)
                continue;
            var sentence = c == '\t'
                ? "tab character; YAML indents with spaces, so write spaces"
                : $"control character U+{(int)c:X4}; remove it";
            faults.Add(new(new(source, line, i - lineStart + 1), sentence));
            reportedLine = line;
            clean = false;
        }

        return clean;
    }
}
