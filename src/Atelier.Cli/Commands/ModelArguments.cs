using System.CommandLine;
using Atelier.Cli.Parsing;

namespace Atelier.Cli.Commands;

/// <summary>Arguments and options that mean the same in several commands.</summary>
internal static class ModelArguments
{
    /// <summary>The largest seed that every generator of random numbers takes.</summary>
    public const long LargestSeed = long.MaxValue;

    /// <summary>A required word.</summary>
    public static Argument<string> Word(string name, string description) =>
        new(name) { HelpName = name, Description = description, Arity = ArgumentArity.ExactlyOne };

    /// <summary>A word that another way of calling the command does without.</summary>
    public static Argument<string?> OptionalWord(string name, string description) =>
        new(name) { HelpName = name, Description = description, Arity = ArgumentArity.ZeroOrOne };

    /// <summary>The seed of all random numbers.</summary>
    public static Option<long?> Seed(string standard) =>
        Opt.Whole("--seed", "S", $"Seed of all random numbers (default: {standard})", 0, LargestSeed);

    /// <summary>float32 or bfloat16 mixed.</summary>
    public static Option<string?> Precision(string standard) => Opt.Choice(
        "--precision", $"Numbers of the network: float32, or bfloat16 where it is safe (default: {standard})",
            "fp32", "bf16");

    /// <summary>The device to compute on.</summary>
    public static Option<string?> Device() => DeviceOf(
        "cpu, cuda or cuda:N (default: cuda when there is one, else cpu)");

    /// <summary>The same of a command that has no work for a GPU, so that scripts may name it
    /// everywhere.</summary>
    public static Option<string?> ProcessorOnly() => DeviceOf("cpu: this command runs there only");

    private static Option<string?> DeviceOf(string text) =>
        Opt.Of<string>("--device", "DEVICE", text, IsDevice);

    private static string? IsDevice(string word, out string? device)
    {
        device = word;
        var known = word is "cpu" or "cuda"
            || (word.StartsWith("cuda:", StringComparison.Ordinal) && word.Length is 6 or 7
                && word[5..].All(char.IsAsciiDigit));
        return known ? null : "cpu, cuda or cuda:N";
    }
}
