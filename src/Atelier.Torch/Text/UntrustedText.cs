using System.Text;

namespace Atelier.Text;

/// <summary>Texts out of files that nobody vouches for, made fit for a message.</summary>
public static class UntrustedText
{
    private const int Longest = 80;

    /// <summary>A name in quotes: at most 80 characters, none of them a control character.</summary>
    public static string Quote(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var text = new StringBuilder("'");
        foreach (var c in name.AsSpan(0, Math.Min(name.Length, Longest)))
            text.Append(char.IsControl(c) || char.IsSurrogate(c) ? '?' : c);
        return text.Append(name.Length > Longest ? "...'" : "'").ToString();
    }
}
