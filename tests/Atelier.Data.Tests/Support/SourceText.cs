namespace Atelier.Data.Tests.Support;

/// <summary>What a source says of itself, as text to compare.</summary>
internal static class SourceText
{
    /// <summary>A line for each image: split, class, name, size.</summary>
    public static string[] Lines(ImageSource source)
    {
        var lines = new List<string>();
        foreach (var split in source.Splits)
        {
            for (var i = split.Start; i < split.Start + split.Count; i++)
            {
                var header = source.ReadHeader(i);
                lines.Add(FormattableString.Invariant(
                    $"{split.Name} {source.ClassNames[source.LabelOf(i)]} {source.NameOf(i)} ")
                    + FormattableString.Invariant($"{header.Width}x{header.Height}"));
            }
        }

        return [.. lines];
    }

    /// <summary>The first pixel of each image, as hexadecimal digits.</summary>
    public static string[] FirstPixels(ImageSource source)
        => [.. Enumerable.Range(0, source.Count).Select(i =>
        {
            var image = source.Decode(i);
            return Convert.ToHexString(image.Pixels.AsSpan(0, image.Channels));
        })];
}
