using System.Text.Json;
using Atelier.Cli.Application;
using Atelier.Cli.Tests.Support;

namespace Atelier.Cli.Tests;

public sealed class RecipesTests
{
    [Fact]
    public void List_OfTheFolder_NamesEachWithItsFirstComment()
    {
        using var line = new CommandLine();
        line.Folder.Write("recipes/b-second.yaml", "steps: 1\n");
        line.Folder.Write("recipes/a-first.yaml", "# The first one.\nsteps: 1\n");

        Assert.Equal(ExitCode.Ok, line.Run("recipes", "list"));

        Assert.Equal("a-first   The first one.\nb-second\n", line.Out);
    }

    [Fact]
    public void Show_WithJson_HoldsTheWholeFile()
    {
        using var line = new CommandLine();
        line.Folder.Write("recipes/tiny.yaml", "# Tiny.\nsteps: 1\n");

        line.Run("recipes", "show", "tiny", "--json");

        Assert.Equal("# Tiny.\nsteps: 1\n", JsonDocument.Parse(line.Out).RootElement.GetProperty("text")
            .GetString());
    }

    [Fact]
    public void Show_OfAMistypedName_SaysTheNearest()
    {
        using var line = new CommandLine();
        line.Folder.Write("recipes/biggan32-fashion.yaml", "steps: 1\n");

        Assert.Equal(ExitCode.Usage, line.Run("recipes", "show", "biggan32-fasion"));

        Assert.Contains("did you mean \"biggan32-fashion\"?", line.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tr", "train")]
    [InlineData("train --rec", "--recipe")]
    [InlineData("train --precision ", "bf16\nfp32")]
    [InlineData("data p", "pack")]
    public void Completion_OfABeginning_OffersWhatFits(string typed, string offered)
    {
        using var line = new CommandLine();

        line.Run(["__complete", "--", .. typed.Split(' ')]);

        Assert.Equal(offered + "\n", line.Out);
    }
}
