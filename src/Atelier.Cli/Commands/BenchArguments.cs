using System.CommandLine;
using Atelier.Cli.Parsing;

namespace Atelier.Cli.Commands;

/// <summary>Options that mean the same in several benchmarks.</summary>
internal static class BenchArguments
{
    /// <summary>Classes of made-up data.</summary>
    public const int StandardClasses = 10;

    /// <summary>Colour.</summary>
    public const int StandardChannels = 3;

    /// <summary>The model's width.</summary>
    public static Option<long?> Channels() => Opt.Whole(
        "--channels", "CH", "The width ch of both networks (default: the recipe's)", 1, 1024);

    /// <summary>Classes of made-up data.</summary>
    public static Option<long?> Classes() => Opt.Whole(
        "--classes", "N", "Classes where there is no dataset (default: 10)", 1, 100_000);

    /// <summary>Channels of made-up data.</summary>
    public static Option<string?> ImageChannels() => Opt.Choice(
        "--image-channels", "Channels of the images where there is no dataset (default: 3)", "1", "3");

    /// <summary>Timed rounds.</summary>
    public static Option<long?> Rounds(int standard) => Opt.Whole(
        "--rounds", "N", $"Timed rounds, of which the median counts (default: {standard})", 1, 1000);
}
