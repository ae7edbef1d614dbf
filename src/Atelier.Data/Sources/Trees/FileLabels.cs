using Atelier.Data.Archives;

namespace Atelier.Data.Trees;

/// <summary>Labels file by file, as a list beside the images or inside of a shard gives them.</summary>
internal static class FileLabels
{
    /// <summary>
    /// Fills a layout with images and the texts of their labels, split by split, class by class, then by
    /// name.
    /// </summary>
    public static void Fill(TreeLayout layout, IReadOnlyList<(int File, string Label)> images)
    {
        var (names, labels) = LabelTable.Of(layout.Tree, [.. images.Select(static each => each.Label)]);
        layout.ClassNames = names;
        layout.Images.AddRange(images
            .Select((each, i) => new LabelledFile(layout.Tree.SplitOf(each.File), labels[i], each.File))
            .OrderBy(static image => TreeLayout.SplitPlace(image.Split)).ThenBy(static image => image.Label)
            .ThenBy(image => layout.Tree.Files[image.File], StringComparer.Ordinal));
    }

    /// <summary>Fills a layout with what a list of paths and labels says about the images of a
    /// folder.</summary>
    /// <param name="layout">What to fill.</param>
    /// <param name="root">The folder that the paths are relative to.</param>
    /// <param name="list">The file that holds the list; it is no image itself.</param>
    /// <param name="rows">Where in the list it stands, path, label.</param>
    public static void Fill(
        TreeLayout layout, TreeNode root, int list,
        IEnumerable<(string Place, string Path, string Label)> rows)
    {
        var tree = layout.Tree;
        var listName = tree.Files[list][(tree.Files[list].LastIndexOf('/') + 1)..];
        var labelled = new Dictionary<int, string>();
        foreach (var (place, path, label) in rows)
        {
            var name = root.Path.Length == 0 ? path : $"{root.Path}/{path}";
            var file = tree.Find(name) is >= 0 and var found ? found : tree.Find(NameForm.Compose(name));
            if (file < 0)
                layout.Offenders.Add(new Offender(listName,
                    $"{place} names {Text.UntrustedText.Quote(path)}, and there is no such file"));
            else if (!labelled.TryAdd(file, label))
                layout.Offenders.Add(new Offender(listName,
                    $"{place} names {Text.UntrustedText.Quote(path)} a second time"));
        }

        foreach (var file in root.AllFiles().Where(file => file != list && !labelled.ContainsKey(file)))
        {
            if (layout.IsImage(file))
                layout.Offenders.Add(new Offender(tree.Files[file], $"{listName} has no label for it"));
        }

        Fill(layout, [.. labelled.Select(static pair => (pair.Key, pair.Value))]);
    }
}
