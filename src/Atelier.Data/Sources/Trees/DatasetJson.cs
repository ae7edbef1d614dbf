using System.Globalization;
using System.Text.Json;
using Atelier.Data.Decoding;

namespace Atelier.Data.Trees;

/// <summary>
/// <c>dataset.json</c> as StyleGAN2-ADA and StyleGAN3 write it: <c>{"labels": [["00000/img0.png", 6],
/// …]}</c>, with paths from its own folder, or <c>{"labels": null}</c> for a set without labels.
/// </summary>
internal static class DatasetJson
{
    /// <summary>The name of the file.</summary>
    public const string FileName = "dataset.json";

    private static readonly JsonDocumentOptions Options = new()
    {
        AllowDuplicateProperties = false, MaxDepth = 16,
    };

    /// <summary>Fills a layout.</summary>
    /// <exception cref="AtelierException">Kind Dataset: the file is not of this form.</exception>
    public static void Fill(TreeLayout layout, TreeNode root, int file)
    {
        try
        {
            using var document = JsonDocument.Parse(layout.Tree.ReadAll(file), Options);
            if (document.RootElement.ValueKind != JsonValueKind.Object
                || !document.RootElement.TryGetProperty("labels", out var labels))
                throw Refuse(layout, "has no key \"labels\"");
            if (labels.ValueKind == JsonValueKind.Null)
                FlatFolder.Fill(layout, root);
            else if (labels.ValueKind == JsonValueKind.Array)
                FileLabels.Fill(layout, root, file, Rows(layout, labels));
            else
                throw Refuse(layout, "has \"labels\" that are neither null nor a list");
        }
        catch (JsonException exception)
        {
            throw Refuse(layout, $"is no JSON ({exception.Message})");
        }
        catch (InvalidOperationException)
        {
            // The reader's way to say that a string holds half a surrogate pair.
            throw Refuse(layout, "has a string that is no valid Unicode");
        }
        catch (BadImageException exception)
        {
            throw Refuse(layout, $"cannot be read: {exception.Message}");
        }
    }

    private static List<(string Place, string Path, string Label)> Rows(
        TreeLayout layout, JsonElement labels)
    {
        var rows = new List<(string Place, string Path, string Label)>(labels.GetArrayLength());
        foreach (var row in labels.EnumerateArray())
        {
            if (row.ValueKind != JsonValueKind.Array || row.GetArrayLength() != 2
                || row[0].ValueKind != JsonValueKind.String || row[1].ValueKind != JsonValueKind.Number
                || !row[1].TryGetInt32(out var label) || label < 0)
                throw Refuse(layout, FormattableString.Invariant(
                    $"has a label {rows.Count} that is not [\"path\", class] with a whole number from 0"));
            rows.Add((FormattableString.Invariant($"label {rows.Count}"), row[0].GetString()!,
                label.ToString(CultureInfo.InvariantCulture)));
        }

        return rows;
    }

    private static AtelierException Refuse(TreeLayout layout, string what)
        => layout.Tree.Refuse($"cannot be used: its {FileName} {what}");
}
