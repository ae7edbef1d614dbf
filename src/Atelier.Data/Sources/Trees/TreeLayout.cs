using Atelier.Data.Decoding;

namespace Atelier.Data.Trees;

/// <summary>Which files of a tree are images, and what their labels are.</summary>
/// <param name="Tree">The files.</param>
internal sealed record TreeLayout(FileTree Tree)
{
    /// <summary>The one class of a set without labels.</summary>
    public const string OneClass = "all";

    /// <summary>The splits in the order in which they are packed.</summary>
    public static readonly IReadOnlyList<string> SplitNames = ["train", "test", "val"];

    private static readonly HashSet<string> ImageExtensions = new(StringComparer.OrdinalIgnoreCase)
    {
        ".png", ".jpg", ".jpeg", ".jpe", ".jfif", ".webp", ".bmp", ".gif", ".tif", ".tiff", ".avif", ".heic",
        ".jxl", ".jp2",
    };

    /// <summary>Class names; labels are indices into them.</summary>
    public IReadOnlyList<string> ClassNames { get; set; } = [];

    /// <summary>The images, split by split in the order of <see cref="SplitNames"/>.</summary>
    public List<LabelledFile> Images { get; } = [];

    /// <summary>Faults of the source itself.</summary>
    public List<Offender> Offenders { get; } = [];

    /// <summary>Files that were passed over.</summary>
    public int Ignored { get; set; }

    /// <summary>Whether a file should be an image: by its name or by its first bytes. Counts those that are
    /// not.</summary>
    public bool IsImage(int file)
    {
        if (Tree.HoldsImagesOnly || HasImageName(Tree.Files[file]) || StartsAsImage(file))
            return true;
        Ignored++;
        return false;
    }

    /// <summary>Whether a name ends as those of images do.</summary>
    public static bool HasImageName(string name) => ImageExtensions.Contains(Path.GetExtension(name));

    /// <summary>The place of a split among <see cref="SplitNames"/>.</summary>
    public static int SplitPlace(string split) => split switch { "train" => 0, "test" => 1, _ => 2 };

    private bool StartsAsImage(int file)
    {
        try
        {
            return ImageSniffer.Identify(Tree.Read(file, ImageSniffer.PrefixBytes, out _))
                != ImageFormat.Unknown;
        }
        catch (BadImageException)
        {
            return false;
        }
    }
}
