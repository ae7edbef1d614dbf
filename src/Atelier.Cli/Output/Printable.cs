using System.Text;

namespace Atelier.Cli.Output;

/// <summary>
/// Makes text safe to show: file and class names come from strangers and may hold terminal commands.
/// </summary>
internal static class Printable
{
    /// <summary>The text with each control character except line feed and tab shown as <c>\xNN</c>.</summary>
    public static string Text(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!text.Any(char.IsControl)) return text;

        var shown = new StringBuilder(text.Length + 8);
        foreach (var letter in text)
        {
            if (char.IsControl(letter) && letter is not ('\n' or '\t')) shown.Append($"\\x{(int)letter:x2}");
            else shown.Append(letter);
        }

        return shown.ToString();
    }
}
