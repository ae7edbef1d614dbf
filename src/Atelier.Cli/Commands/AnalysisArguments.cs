using System.CommandLine;
using Atelier.Cli.Parsing;

namespace Atelier.Cli.Commands;

/// <summary>Options that mean the same in every command that looks into a model.</summary>
internal static class AnalysisArguments
{
    /// <summary>The smallest and largest threshold of a truncation.</summary>
    public const double LeastTruncation = 0.02;

    /// <summary>The largest threshold; beyond it nothing is cut.</summary>
    public const double MostTruncation = 10;

    /// <summary>The model that is looked into.</summary>
    public static Argument<string> Model() => ModelArguments.Word(
        "MODEL|RUN", "A shipped model's name, a .safetensors file, or the folder of a run");

    /// <summary>The real images.</summary>
    public static Option<string?> Data() => Opt.Text("--data", "FILE", "The packed dataset of real images");

    /// <summary>The largest |z|.</summary>
    public static Option<double?> Truncation() => Opt.Number(
        "--truncation", "T", "Redraw each number of the latent until |z| <= T (default: none)",
        LeastTruncation, MostTruncation);

    /// <summary>The classifier.</summary>
    public static Option<string?> Backbone() => Opt.Text(
        "--backbone", "NAME|FILE", "The evaluation network (default: the shipped classifier that fits)");

    /// <summary>The split of real images.</summary>
    public static Option<string?> Reference() => Opt.Text(
        "--reference", "SPLIT", "The split of --data to compare with (default: train)");

    /// <summary>Images at once.</summary>
    public static Option<long?> Batch() => Opt.Whole(
        "--batch", "N", "Images that are computed at once (default: 100)", 1, 4096);

    /// <summary>The folder for tables and pictures.</summary>
    public static Option<string?> Folder(string description) =>
        Opt.Text("--output", "FOLDER", description, "-o");

    /// <summary>Class numbers.</summary>
    public static Option<IReadOnlyList<int>?> Classes(string standard) => Opt.Of<IReadOnlyList<int>>(
        "--classes", "LIST", $"Class numbers, as 0-9 or 1,3,5 (default: {standard})", ClassList.TryParse);
}
