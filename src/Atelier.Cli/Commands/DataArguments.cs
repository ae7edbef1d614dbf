using System.CommandLine;
using Atelier.Cli.Parsing;
using Atelier.Data.Decoding;

namespace Atelier.Cli.Commands;

/// <summary>Arguments and options of the commands that look at a dataset.</summary>
internal static class DataArguments
{
    /// <summary>What is looked at.</summary>
    public static Argument<string> Target() => ModelArguments.Word(
        "DATA", "A packed dataset, a folder of its shards, or whatever 'data pack' reads");

    /// <summary>One split.</summary>
    public static Option<string?> Split() =>
        Opt.Text("--split", "SPLIT", "Only this split, as train or test (default: all)");

    /// <summary>As of <c>data pack</c>.</summary>
    public static Option<string?> OnGrey() => Opt.Choice(
        "--on-grey", "What to do with grey images among coloured ones (default: error)", "rgb", "error",
        "keep");

    /// <summary>As of <c>data pack</c>.</summary>
    public static Option<string?> OnAlpha() => Opt.Choice(
        "--on-alpha", "What lies behind transparency (default: error)", "white", "black", "drop", "error");

    /// <summary>The policy that two words mean.</summary>
    public static ImagePolicy Policy(string? onGrey, string? onAlpha) => new(
        onGrey switch
        {
            "rgb" => GreyRule.Rgb,
            "keep" => GreyRule.Keep,
            _ => GreyRule.Refuse,
        },
        onAlpha switch
        {
            "white" => AlphaRule.White,
            "black" => AlphaRule.Black,
            "drop" => AlphaRule.Drop,
            _ => AlphaRule.Refuse,
        });
}
