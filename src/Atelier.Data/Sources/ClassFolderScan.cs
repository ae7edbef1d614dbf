using Atelier.Data.Decoding;

namespace Atelier.Data;

/// <summary>
/// Walks a folder of class folders, or of <c>train</c>, <c>test</c> and <c>val</c> with class folders in
/// them, in ordinal order. Hidden entries are passed over; so are files whose names and first bytes both say
/// that they are no images.
/// </summary>
internal sealed class ClassFolderScan
{
    private static readonly string[] SplitNames = ["train", "test", "val"];

    private static readonly HashSet<string> ImageExtensions = new(StringComparer.OrdinalIgnoreCase)
    {
        ".png", ".jpg", ".jpeg", ".jpe", ".jfif", ".webp", ".bmp", ".gif", ".tif", ".tiff", ".avif", ".heic",
            ".jxl", ".jp2",
    };

    private readonly string root;
    private readonly Dictionary<string, List<(string Class, List<string> Files)>> found = [];

    public ClassFolderScan(string root)
    {
        this.root = root;
        var splitFolders = SplitNames.Where(name => HasClassFolders(Path.Combine(root, name))).ToList();
        if (splitFolders.Count == 0)
        {
            Walk("train", root);
        }
        else
        {
            foreach (var name in FoldersOf(root).Except(splitFolders, StringComparer.Ordinal))
                Offenders.Add(new Offender(name + "/", "a folder beside " + string.Join(", ", splitFolders)
                    + "; class folders belong inside of those"));
            foreach (var name in splitFolders)
                Walk(name, Path.Combine(root, name));
        }

        ClassNames = [.. found.Values.SelectMany(list => list).Select(item => item.Class)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)];
        foreach (var (split, list) in found)
        {
            foreach (var name in ClassNames.Except(list.Select(item => item.Class), StringComparer.Ordinal))
            {
                if (split == "train")
                    Offenders.Add(new Offender(Display(split, name) + "/",
                        "the class is missing here, but another split has it"));
            }
        }
    }

    public IReadOnlyList<string> ClassNames { get; }

    public List<Offender> Offenders { get; } = [];

    public int Ignored { get; private set; }

    /// <summary>True when a folder has a visible sub-folder.</summary>
    public static bool HasClassFolders(string folder) => Directory.Exists(folder) && FoldersOf(folder).Any();

    public IEnumerable<(string Split, int Label, IReadOnlyList<string> Files)> Items()
    {
        var labels = ClassNames.Select((name, index) => (name, index))
            .ToDictionary(pair => pair.name, pair => pair.index,
            StringComparer.Ordinal);
        foreach (var split in SplitNames.Where(found.ContainsKey))
        {
            foreach (var (name, files) in found[split].OrderBy(item => item.Class, StringComparer.Ordinal))
                yield return (split, labels[name], files);
        }
    }

    private static IEnumerable<string> FoldersOf(string folder)
        => Directory.EnumerateDirectories(folder).Select(path => Path.GetFileName(path))
        .Where(name => name[0] != '.')
            .Order(StringComparer.Ordinal);

    private void Walk(string split, string folder)
    {
        var classes = found[split] = [];
        foreach (var file in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal))
        {
            if (IsImage(file))
                Offenders.Add(new Offender(Path.GetRelativePath(root, file),
                    "an image outside of the class folders"));
        }

        foreach (var name in FoldersOf(folder))
        {
            var path = Path.Combine(folder, name);
            foreach (var inner in FoldersOf(path))
            {
                Offenders.Add(new Offender(Path.GetRelativePath(root, Path.Combine(path, inner)) + "/",
                    "a folder inside a class folder; images lie directly in the class folder"));
            }

            var files = Directory.EnumerateFiles(path).Order(StringComparer.Ordinal).Where(IsImage).ToList();
            if (files.Count == 0)
                Offenders.Add(new Offender(Path.GetRelativePath(root, path) + "/", "an empty class folder"));
            if (!PackedFormat.IsClassName(name))
                Offenders.Add(new Offender(Path.GetRelativePath(root, path) + "/",
                    "its name is no class name: "
                    + PackedFormat.ClassNameRule));
            classes.Add((name, files));
        }
    }

    private string Display(string split, string name)
        => Directory.Exists(Path.Combine(root, split)) ? $"{split}/{name}" : name;

    private bool IsImage(string path)
    {
        if (Path.GetFileName(path)[0] == '.')
            return false;
        if (ImageExtensions.Contains(Path.GetExtension(path)) || StartsAsImage(path))
            return true;
        Ignored++;
        return false;
    }

    private static bool StartsAsImage(string path)
    {
        try
        {
            var prefix = RegularFile.Read(path, ImageSniffer.PrefixBytes, out _);
            return ImageSniffer.Identify(prefix) != ImageFormat.Unknown;
        }
        catch (BadImageException)
        {
            return false;
        }
    }
}
