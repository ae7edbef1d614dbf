namespace Atelier.Data.Trees;

/// <summary>
/// A folder for each class, or <c>train</c>, <c>test</c> and <c>val</c> with class folders in them. What lies
/// elsewhere is an offender.
/// </summary>
internal static class ClassFolders
{
    /// <summary>Lists the images, class by class.</summary>
    public static void Fill(TreeLayout layout, TreeNode root)
    {
        var splits = TreeLayout.SplitNames
            .Where(name => root.Folders.TryGetValue(name, out var node) && node.Folders.Count > 0)
            .ToDictionary(static name => name, name => root.Folders[name], StringComparer.Ordinal);
        var hasSplits = splits.Count > 0;
        if (hasSplits)
            ReportBesideSplits(layout, root, splits);
        else
            splits.Add("train", root);

        layout.ClassNames = [.. splits.Values.SelectMany(static node => node.Folders.Keys)
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        foreach (var split in TreeLayout.SplitNames.Where(splits.ContainsKey))
            FillSplit(layout, split, splits[split], root);
        foreach (var name in layout.ClassNames)
        {
            if (hasSplits && splits.TryGetValue("train", out var train) && !train.Folders.ContainsKey(name))
                layout.Offenders.Add(new Offender($"{Relative(train, root)}{name}/",
                    "the class is missing here, but another split has it"));
        }
    }

    private static void ReportBesideSplits(
        TreeLayout layout, TreeNode root, Dictionary<string, TreeNode> splits)
    {
        foreach (var name in root.Folders.Keys.Where(name => !splits.ContainsKey(name)))
            layout.Offenders.Add(new Offender(name + "/", "a folder beside "
                + string.Join(", ", TreeLayout.SplitNames.Where(splits.ContainsKey))
                + "; class folders belong inside of those"));
    }

    private static void FillSplit(TreeLayout layout, string split, TreeNode folder, TreeNode root)
    {
        foreach (var file in folder.Files.Where(layout.IsImage))
            layout.Offenders.Add(new Offender(layout.Tree.Files[file],
                "an image outside of the class folders"));
        for (var label = 0; label < layout.ClassNames.Count; label++)
        {
            var name = layout.ClassNames[label];
            if (!folder.Folders.TryGetValue(name, out var node)) continue;
            var shown = Relative(folder, root) + name + "/";
            foreach (var inner in node.Folders.Keys)
                layout.Offenders.Add(new Offender($"{shown}{inner}/",
                    "a folder inside a class folder; images lie directly in the class folder"));
            var before = layout.Images.Count;
            layout.Images.AddRange(node.Files.Where(layout.IsImage)
                .Select(file => new LabelledFile(split, label, file)));
            if (layout.Images.Count == before)
                layout.Offenders.Add(new Offender(shown, "an empty class folder"));
            if (!PackedFormat.IsClassName(name))
                layout.Offenders.Add(new Offender(shown,
                    "its name is no class name: " + PackedFormat.ClassNameRule));
        }
    }

    private static string Relative(TreeNode folder, TreeNode root)
        => folder == root ? "" : folder.Path[(root.Path.Length == 0 ? 0 : root.Path.Length + 1)..] + "/";
}
