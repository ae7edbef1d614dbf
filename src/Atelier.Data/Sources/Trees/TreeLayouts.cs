namespace Atelier.Data.Trees;

/// <summary>Finds out how the images of a tree are labelled.</summary>
internal static class TreeLayouts
{
    /// <summary>
    /// By the first of these that is there: <c>dataset.json</c>, <c>labels.csv</c>, labels beside the images
    /// (WebDataset), class folders; otherwise all images are of one class. A single folder around everything
    /// is passed through.
    /// </summary>
    /// <exception cref="AtelierException">Kind Dataset: the labels cannot be read, or there are no
    /// images.</exception>
    public static TreeLayout Of(FileTree tree)
    {
        var layout = new TreeLayout(tree);
        var root = Unwrap(layout, TreeNode.Of(tree));
        if (Named(tree, root, DatasetJson.FileName) is { } json)
            DatasetJson.Fill(layout, root, json);
        else if (Named(tree, root, LabelsCsv.FileName) is { } csv)
            LabelsCsv.Fill(layout, root, csv);
        else if (WebDataset.Recognises(tree, root))
            WebDataset.Fill(layout, root);
        else if (root.Folders.Count > 0 && !tree.HasShardFolders)
            ClassFolders.Fill(layout, root);
        else
            FlatFolder.Fill(layout, root);
        return layout;
    }

    private static TreeNode Unwrap(TreeLayout layout, TreeNode node)
    {
        while (node.Folders.Count == 1 && !node.Files.Any(file => IsMeant(layout.Tree, file)))
        {
            var (name, inner) = node.Folders.First();
            var hasLabels = Named(layout.Tree, inner, DatasetJson.FileName) is not null
                || Named(layout.Tree, inner, LabelsCsv.FileName) is not null
                || WebDataset.Recognises(layout.Tree, inner);
            var isSplit = TreeLayout.SplitNames.Contains(name) && inner.Folders.Count > 0;
            var hasImages = inner.Files.Any(file => IsMeant(layout.Tree, file));
            if (!hasLabels && (isSplit || inner.Folders.Count == 0 || hasImages))
                return node;
            node = inner;
        }

        return node;
    }

    private static bool IsMeant(FileTree tree, int file)
        => TreeLayout.HasImageName(tree.Files[file])
            || NameOf(tree, file) is DatasetJson.FileName or LabelsCsv.FileName;

    private static int? Named(FileTree tree, TreeNode folder, string name)
        => folder.Files.Where(file => NameOf(tree, file) == name).Select(static file => (int?)file)
            .FirstOrDefault();

    private static string NameOf(FileTree tree, int file)
        => tree.Files[file][(tree.Files[file].LastIndexOf('/') + 1)..];
}
