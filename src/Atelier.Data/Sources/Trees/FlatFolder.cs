namespace Atelier.Data.Trees;

/// <summary>Images without labels.</summary>
internal static class FlatFolder
{
    /// <summary>Takes all images of a folder and of those in it as one class.</summary>
    /// <exception cref="AtelierException">Kind Dataset: there are none.</exception>
    public static void Fill(TreeLayout layout, TreeNode root)
    {
        layout.ClassNames = [TreeLayout.OneClass];
        layout.Images.AddRange(root.AllFiles().Where(layout.IsImage)
            .Select(file => new LabelledFile(layout.Tree.SplitOf(file), 0, file))
            .OrderBy(static image => TreeLayout.SplitPlace(image.Split)));
        if (layout.Images.Count == 0)
            throw layout.Tree.Refuse("has no images: neither the names nor the first bytes of its "
                + FormattableString.Invariant($"{layout.Tree.Files.Count} files say that they are any"));
    }
}
