using System.Text;
using System.Text.Json;
using Atelier.Data.Decoding;

namespace Atelier.Data.Trees;

/// <summary>
/// Labels beside the images: files of one name up to its first dot belong together, as 00017.jpg and
/// 00017.cls, which holds a number or a name, or 00017.json with a key "label", "cls" or "class". What else
/// is there, such as captions, is passed over.
/// </summary>
internal static class WebDataset
{
    private const int MostLabelBytes = 1 << 20;

    private static readonly string[] Keys = ["label", "cls", "class", "class_id"];

    /// <summary>Whether there are labels beside images: a .cls file, or in a tar archive a .json file that
    /// has one.</summary>
    public static bool Recognises(FileTree tree, TreeNode root)
    {
        var images = new HashSet<string>(StringComparer.Ordinal);
        var sidecar = -1;
        foreach (var file in root.AllFiles())
        {
            if (tree.Files[file].EndsWith(".cls", StringComparison.Ordinal)) return true;
            if (tree.IsTar && TreeLayout.HasImageName(tree.Files[file]))
                images.Add(KeyOf(tree.Files[file]));
        }

        if (tree.IsTar)
            sidecar = root.AllFiles().Where(file => IsSidecar(tree.Files[file])
                && images.Contains(KeyOf(tree.Files[file]))).FirstOrDefault(-1);
        return sidecar >= 0 && TryLabel(tree, sidecar, out _, out _);
    }

    /// <summary>Fills a layout; an image without a label is an offender.</summary>
    public static void Fill(TreeLayout layout, TreeNode root)
    {
        var tree = layout.Tree;
        var labels = new Dictionary<string, int>(StringComparer.Ordinal);
        var images = new List<int>();
        foreach (var file in root.AllFiles())
        {
            var name = tree.Files[file];
            if (name.EndsWith(".cls", StringComparison.Ordinal))
                labels[KeyOf(name)] = file;
            else if (IsSidecar(name))
                labels.TryAdd(KeyOf(name), file);
            else if (layout.IsImage(file))
                images.Add(file);
        }

        var labelled = new List<(int File, string Label)>(images.Count);
        foreach (var image in images)
        {
            if (!labels.TryGetValue(KeyOf(tree.Files[image]), out var source))
                layout.Offenders.Add(new Offender(tree.Files[image], "there is no label beside it"));
            else if (TryLabel(tree, source, out var label, out var reason))
                labelled.Add((image, label));
            else
                layout.Offenders.Add(new Offender(tree.Files[source], reason));
        }

        FileLabels.Fill(layout, labelled);
    }

    private static bool IsSidecar(string name) => name.EndsWith(".json", StringComparison.Ordinal);

    private static string KeyOf(string name)
    {
        var start = name.LastIndexOf('/') + 1;
        var dot = name.IndexOf('.', start);
        return dot < 0 ? name : name[..dot];
    }

    private static bool TryLabel(FileTree tree, int file, out string label, out string reason)
    {
        (label, reason) = ("", "its label is not 1 to 255 bytes of UTF-8 without control characters");
        try
        {
            var bytes = tree.Read(file, MostLabelBytes, out var isWhole);
            if (!isWhole || !System.Text.Unicode.Utf8.IsValid(bytes)) return false;
            label = IsSidecar(tree.Files[file]) ? OfJson(bytes) : Encoding.UTF8.GetString(bytes).Trim();
            return PackedFormat.IsClassName(label);
        }
        catch (BadImageException exception)
        {
            reason = exception.Message;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            reason = "it is no JSON";
        }

        return false;
    }

    private static string OfJson(byte[] bytes)
    {
        using var document = JsonDocument.Parse(bytes);
        if (document.RootElement.ValueKind != JsonValueKind.Object) return "";
        foreach (var key in Keys)
        {
            if (document.RootElement.TryGetProperty(key, out var value))
                return value.ValueKind switch
                {
                    JsonValueKind.String => value.GetString()!,
                    JsonValueKind.Number => value.GetRawText(),
                    _ => "",
                };
        }

        return "";
    }
}
