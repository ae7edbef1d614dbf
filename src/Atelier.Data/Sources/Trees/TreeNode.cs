namespace Atelier.Data.Trees;

/// <summary>A folder of a tree: what lies directly in it, in ordinal order; hidden entries are left
/// out.</summary>
internal sealed class TreeNode
{
    private readonly SortedDictionary<string, TreeNode> folders = new(StringComparer.Ordinal);

    /// <summary>The path from the top, empty for the top itself.</summary>
    public string Path { get; private init; } = "";

    /// <summary>The folders by name.</summary>
    public IReadOnlyDictionary<string, TreeNode> Folders => folders;

    /// <summary>Indices of the files.</summary>
    public List<int> Files { get; } = [];

    /// <summary>Builds the folders of a tree.</summary>
    /// <exception cref="AtelierException">Kind Dataset: one name is a file and a folder.</exception>
    public static TreeNode Of(FileTree tree)
    {
        var top = new TreeNode();
        foreach (var folder in tree.Folders)
            _ = IsHidden(folder) ? top : top.Descend(folder);
        for (var i = 0; i < tree.Files.Count; i++)
        {
            var name = tree.Files[i];
            if (IsHidden(name)) continue;
            var slash = name.LastIndexOf('/');
            top.Descend(slash < 0 ? "" : name[..slash]).Files.Add(i);
        }

        top.Check(tree);
        return top;
    }

    /// <summary>All files of this folder and those in it, in ordinal order folder by folder.</summary>
    public IEnumerable<int> AllFiles()
    {
        var open = new Stack<TreeNode>([this]);
        while (open.TryPop(out var node))
        {
            foreach (var file in node.Files)
                yield return file;
            foreach (var folder in node.folders.Values.Reverse())
                open.Push(folder);
        }
    }

    private static bool IsHidden(string path)
        => path[0] == '.' || path.Contains("/.", StringComparison.Ordinal)
            // What macOS adds to archives: resource forks under the images' own names.
            || path.StartsWith("__MACOSX/", StringComparison.Ordinal) || path == "__MACOSX";

    private TreeNode Descend(string path)
    {
        var node = this;
        for (var at = 0; at < path.Length;)
        {
            var end = path.IndexOf('/', at);
            if (end < 0) end = path.Length;
            var name = path[at..end];
            if (!node.folders.TryGetValue(name, out var next))
                node.folders.Add(name, next = new TreeNode { Path = path[..end] });
            (node, at) = (next, end + 1);
        }

        return node;
    }

    private void Check(FileTree tree)
    {
        var open = new Stack<TreeNode>([this]);
        while (open.TryPop(out var node))
        {
            foreach (var file in node.Files)
            {
                var name = tree.Files[file];
                if (node.folders.ContainsKey(name[(name.LastIndexOf('/') + 1)..]))
                    throw tree.Refuse($"has {Text.UntrustedText.Quote(name)} as a file and as a folder");
            }

            foreach (var folder in node.folders.Values)
                open.Push(folder);
        }
    }
}
