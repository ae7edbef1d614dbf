using System.Text;
using Atelier.Data.Decoding;

namespace Atelier.Data.Trees;

/// <summary>
/// <c>labels.csv</c>: a line "path,label" for each image, with paths from its own folder. Labels are numbers
/// from 0, or names. A first line whose path is no file ("file,label") is a heading.
/// </summary>
internal static class LabelsCsv
{
    /// <summary>The name of the file.</summary>
    public const string FileName = "labels.csv";

    /// <summary>Fills a layout.</summary>
    /// <exception cref="AtelierException">Kind Dataset: a line is not of this form.</exception>
    public static void Fill(TreeLayout layout, TreeNode root, int file)
    {
        byte[] bytes;
        try
        {
            bytes = layout.Tree.ReadAll(file);
        }
        catch (BadImageException exception)
        {
            throw Refuse(layout, $"cannot be read: {exception.Message}");
        }

        if (!System.Text.Unicode.Utf8.IsValid(bytes))
            throw Refuse(layout, "is not UTF-8");
        var rows = Rows(layout, Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF'));
        var prefix = root.Path.Length == 0 ? "" : root.Path + "/";
        if (rows.Count > 0 && layout.Tree.Find(prefix + rows[0].Path) < 0
            && !TreeLayout.HasImageName(rows[0].Path))
            rows.RemoveAt(0);
        if (rows.Count == 0)
            throw Refuse(layout, "names no image");
        FileLabels.Fill(layout, root, file, rows);
    }

    private static List<(string Place, string Path, string Label)> Rows(TreeLayout layout, string text)
    {
        var rows = new List<(string Place, string Path, string Label)>();
        var number = 0;
        foreach (var each in text.Split('\n'))
        {
            number++;
            var line = each.TrimEnd('\r');
            if (line.Trim().Length == 0) continue;
            if (CsvLine.Split(line) is not [{ Length: > 0 } path, { Length: > 0 } label])
                throw Refuse(layout, FormattableString.Invariant(
                    $"has a line {number} that is not \"path,label\""));
            rows.Add((FormattableString.Invariant($"line {number}"), path, label));
        }

        return rows;
    }

    private static AtelierException Refuse(TreeLayout layout, string what)
        => layout.Tree.Refuse($"cannot be used: its {FileName} {what}");
}
