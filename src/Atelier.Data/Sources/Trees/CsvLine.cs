using System.Text;

namespace Atelier.Data.Trees;

/// <summary>Splits lines of comma-separated values (RFC 4180), in which no value spans lines.</summary>
internal static class CsvLine
{
    /// <summary>The values of one line, or null when its quotes are broken.</summary>
    public static IReadOnlyList<string>? Split(string line)
    {
        var values = new List<string>();
        var value = new StringBuilder();
        for (var at = 0; ;)
        {
            value.Clear();
            if (at < line.Length && line[at] == '"')
            {
                for (at++; ; at++)
                {
                    if (at >= line.Length) return null;
                    if (line[at] != '"')
                        value.Append(line[at]);
                    else if (at + 1 < line.Length && line[at + 1] == '"')
                        value.Append(line[at++]);
                    else
                        break;
                }

                at++;
                if (at < line.Length && line[at] != ',') return null;
            }
            else
            {
                var end = line.IndexOf(',', at);
                if (end < 0) end = line.Length;
                value.Append(line.AsSpan(at, end - at).Trim());
                at = end;
            }

            values.Add(value.ToString());
            if (at >= line.Length) return values;
            at++;
        }
    }
}
