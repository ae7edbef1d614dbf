using System.Globalization;

namespace Atelier.Training;

/// <summary>Byte counts for people.</summary>
public static class ByteText
{
    private static readonly string[] Units = ["B", "kB", "MB", "GB", "TB"];

    /// <summary>
    /// A count in decimal units with one decimal from 1 kB on, such as <c>12.3 MB</c>; negative is unknown.
    /// </summary>
    public static string Format(long bytes)
    {
        if (bytes < 0)
            return "an unknown number of bytes";
        double value = bytes;
        var unit = 0;
        while (value >= 999.95 && unit < Units.Length - 1)
        {
            value /= 1000;
            unit++;
        }

        return value.ToString(unit == 0 ? "F0" : "F1", CultureInfo.InvariantCulture) + " " + Units[unit];
    }
}
