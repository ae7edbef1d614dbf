using Atelier.Cli.Application;
using Atelier.Cli.Tests.Support;

namespace Atelier.Cli.Tests;

public sealed class HelpTests
{
    // ATELIER_UPDATE_GOLDEN names the Golden folder of the sources, to write the files anew after a wanted
    // change.
    private static readonly string? Rewrite = Environment.GetEnvironmentVariable("ATELIER_UPDATE_GOLDEN");

    public static TheoryData<string> Commands =>
    [
        "", "demo", "train", "sample", "eval", "curve", "interpolate", "neighbours", "classes", "leak",
        "ablate", "score", "import", "import biggan-pytorch", "import hf-biggan", "import studiogan",
        "backbone", "backbone train", "data", "data pack", "data info",
        "data check", "data stats", "data grid", "data fetch",
        "recipes", "recipes list", "recipes show", "bench", "bench step", "bench sample", "bench data",
        "bench eval", "bench ops", "doctor", "completion",
    ];

    [Theory]
    [MemberData(nameof(Commands))]
    public void Help_OfEveryCommand_IsTheGoldenText(string command)
    {
        using var line = new CommandLine();
        var name = command.Length == 0 ? "atelier" : command.Replace(' ', '-');

        var code = line.Run([.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);

        Assert.Equal(ExitCode.Ok, code);
        Assert.Empty(line.Error);
        if (Rewrite is not null) File.WriteAllText(Path.Combine(Rewrite, "help", name + ".txt"), line.Out);
        else Assert.Equal(File.ReadAllText(
            Path.Combine(AppContext.BaseDirectory, "Golden", "help", name + ".txt")), line.Out);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Help_OfEveryCommand_FitsEightyColumns(string command)
    {
        using var line = new CommandLine();

        line.Run([.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "-h"]);

        Assert.All(line.Out.Split('\n'), text => Assert.InRange(text.Length, 0, 80));
    }

    [Fact]
    public void Help_WithNoWords_IsTheSameAsHelp()
    {
        using var bare = new CommandLine();
        using var asked = new CommandLine();

        Assert.Equal(ExitCode.Ok, bare.Run());
        asked.Run("--help");

        Assert.Equal(asked.Out, bare.Out);
    }

    [Fact]
    public void Help_BesideAMistake_IsStillShown()
    {
        using var line = new CommandLine();

        Assert.Equal(ExitCode.Ok, line.Run("train", "--nonsense", "--help"));

        Assert.Contains("--recipe", line.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Version_Alone_NamesTheProgram()
    {
        using var line = new CommandLine();

        Assert.Equal(ExitCode.Ok, line.Run("--version"));

        Assert.Matches(@"^atelier \d+\.\d+\.\d+", line.Out);
    }
}
