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
    public void Show_OfARecipe_IsACopyWithTheTableInComments()
    {
        using var line = new CommandLine();
        line.Folder.Write("recipes/tiny.yaml", "name: tiny\nmodel:\n  channels: 2\n");

        Assert.Equal(ExitCode.Ok, line.Run("recipes", "show", "tiny"));

        var lines = line.Out.TrimEnd('\n').Split('\n');
        Assert.Equal(["name: tiny", "model:", "  channels: 2", ""], lines.Take(4));
        Assert.All(lines.Skip(4), static each => Assert.StartsWith("#", each, StringComparison.Ordinal));
        Assert.Contains("# discriminator (biggan", line.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Show_OfABrokenRecipe_PrintsItAndWarns()
    {
        using var line = new CommandLine();
        line.Folder.Write("recipes/tiny.yaml", "steps: 1\n");

        Assert.Equal(ExitCode.Ok, line.Run("recipes", "show", "tiny"));

        Assert.Equal("steps: 1\n", line.Out);
        Assert.Contains("layers of this recipe cannot be shown", line.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Show_WithLayers_ListsTheLayersOfBothNetworksWithTheirTotals()
    {
        using var line = new CommandLine();
        line.Folder.Write("recipes/tiny.yaml", "name: tiny\nmodel:\n  channels: 2\n");

        Assert.Equal(
            ExitCode.Ok,
            line.Run("recipes", "show", "tiny", "--layers", "--classes", "5", "--image-channels", "1"));

        Assert.StartsWith(
            "generator (biggan, 32 px, 1 image channel, 5 classes)\n", line.Out, StringComparison.Ordinal);
        Assert.Contains("discriminator (biggan", line.Out, StringComparison.Ordinal);
        Assert.Contains("blocks.2.conv2  Conv2d", line.Out, StringComparison.Ordinal);
        Assert.Contains("counted as two", line.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("name: tiny", line.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Show_WithLayersAndJson_HoldsEachLayerAndTheTotals()
    {
        using var line = new CommandLine();
        line.Folder.Write("recipes/tiny.yaml", "name: tiny\nmodel:\n  channels: 2\n");

        line.Run("recipes", "show", "tiny", "--layers", "--json", "--set", "model.latent_size=10");

        var generator = JsonDocument.Parse(line.Out).RootElement.GetProperty("layers")
            .GetProperty("generator");
        var stem = generator.GetProperty("rows")[0];
        Assert.Equal("stem", stem.GetProperty("name").GetString());
        Assert.Equal(128 * 11, stem.GetProperty("parameters").GetInt64());
        Assert.Equal(2 * 128 * 10, stem.GetProperty("flops").GetDouble());
        Assert.True(generator.GetProperty("parameters").GetInt64() > 128 * 11);
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
