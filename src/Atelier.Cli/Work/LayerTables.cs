using System.Globalization;
using Atelier.Gan;
using Atelier.Text;
using Atelier.Training.Loop;
using Atelier.Training.Recipes;

namespace Atelier.Cli.Work;

/// <summary>The layers of a recipe's networks, for people and for scripts.</summary>
internal static class LayerTables
{
    private const string Convention =
        "FLOPs are for one image: convolutions and matrix products, a multiplication and an addition " +
        "counted as two; what faster kernels save is not taken off.";

    /// <summary>
    /// Builds the networks of a recipe, without weights, and traces one image through them.
    /// </summary>
    public static GanTables Of(ModelSettings model, int imageChannels, int classCount)
    {
        var blank = GanBlueprint.Blank(model, imageChannels, classCount);
        return GanTables.Of(blank.Family, blank.OptionsJson);
    }

    /// <summary>Both tables as lines of text.</summary>
    public static IEnumerable<string> Lines(GanTables tables, ModelSettings model, int channels, int classes)
    {
        var what = string.Create(
            CultureInfo.InvariantCulture,
            $"{model.Family}, {model.Resolution.ToShortText()} px, " +
            $"{Counted.Of(channels, "image channel")}, " +
            $"{(model.Conditional ? Counted.Of(classes, "class") : "no classes")}");
        return
        [
            .. Lines("generator", tables.Generator, what), "",
            .. Lines("discriminator", tables.Discriminator, what), "",
            Convention,
        ];
    }

    private static IEnumerable<string> Lines(string network, NetworkTable table, string what)
    {
        string[][] rows =
        [
            ["layer", "kind", "output", "parameters", "FLOPs"],
            .. table.Rows.Select(static row => new[]
            {
                row.Name, row.Kind, string.Join('x', row.OutputShape), Whole(row.Parameters), Giga(row.Flops),
            }),
            ["total", "", "", Whole(table.Parameters), Giga(table.Flops)],
        ];
        var widths = Enumerable.Range(0, rows[0].Length)
            .Select(k => rows.Max(row => row[k].Length)).ToArray();
        yield return $"{network} ({what})";
        foreach (var row in rows)
            yield return string.Join(
                "  ", row.Select((cell, k) => k < 3 ? cell.PadRight(widths[k]) : cell.PadLeft(widths[k])));
    }

    private static string Whole(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Giga(double flops) => flops switch
    {
        0 => "-",
        >= 1e9 => string.Create(CultureInfo.InvariantCulture, $"{flops / 1e9:N2} G"),
        >= 1e6 => string.Create(CultureInfo.InvariantCulture, $"{flops / 1e6:N2} M"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{flops / 1e3:N2} k"),
    };
}
