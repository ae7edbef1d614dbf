using System.CommandLine;
using Atelier.Cli.Parsing;

namespace Atelier.Cli.Commands;

/// <summary>Options that the importers share.</summary>
internal static class ImportArguments
{
    /// <summary>The config of the foreign program.</summary>
    public static Option<string?> Config(string what) => Required(Opt.Text("--config", "FILE", what));

    /// <summary>The model file to write.</summary>
    public static Option<string?> Output() =>
        Required(Opt.Text("--output", "FILE", "The .safetensors model file to write", "-o"));

    /// <summary>The generator's checkpoint.</summary>
    public static Option<string?> Generator() =>
        Required(Opt.Text("--generator", "FILE", "The generator's checkpoint (.pth)"));

    /// <summary>The discriminator's checkpoint.</summary>
    public static Option<string?> Discriminator() => Opt.Text("--discriminator", "FILE",
        "The discriminator's checkpoint, so that 'score' can judge images");

    /// <summary>The averaged generator's checkpoint.</summary>
    public static Option<string?> Average() => Opt.Text("--ema", "FILE",
        "The averaged generator's checkpoint; 'sample' then takes it");

    /// <summary>A file with a class name in each line.</summary>
    public static Option<string?> Classes() => Opt.Text("--class-names", "FILE",
        "A text file with a class name a line, in the order of the ids (default: 0, 1, 2, …)");

    private static Option<string?> Required(Option<string?> option)
    {
        option.Required = true;
        return option;
    }
}
