using System.Text.Json.Nodes;
using Atelier.Cli.Application;
using Atelier.Cli.Tests.Train;
using Atelier.Data.Pictures;

namespace Atelier.Cli.Tests.Import;

public sealed class ScoreCommandTests
{
    [Fact]
    public void Score_OfAFolder_RanksEveryImageByItsLogit()
    {
        using var import = new ImportFixture();
        var folder = ImportFixture.Case("biggan32-flat", "");
        import.ImportBigGan(folder, "--discriminator", Path.Combine(folder, "D.pth"));
        var images = Folder(import, ["3", "7"], perClass: 3);

        var code = import.Line.Run("score", import.Model, "--images", images, "--json", "-q");

        Assert.True(code == ExitCode.Ok, import.Line.Error);
        var ranked = JsonNode.Parse(import.Line.Out)!["images"]!.AsArray();
        Assert.Equal(6, ranked.Count);
        Assert.Equal([1, 2, 3, 4, 5, 6], ranked.Select(static i => (int)i!["rank"]!));
        var logits = ranked.Select(static i => (double)i!["logit"]!).ToList();
        Assert.Equal(logits.OrderDescending(), logits);
        Assert.Equal(6, logits.Distinct().Count());
        Assert.All(ranked, static i => Assert.StartsWith((string)i!["class"]!, (string)i["image"]!));
    }

    [Fact]
    public void Score_OfOneImageInTwoClasses_JudgesItByItsClass()
    {
        using var import = new ImportFixture();
        var folder = ImportFixture.Case("biggan32-flat", "");
        import.ImportBigGan(folder, "--discriminator", Path.Combine(folder, "D.pth"));
        var images = Folder(import, ["3", "7"], perClass: 1);
        File.Copy(Path.Combine(images, "3", "0.png"), Path.Combine(images, "7", "0.png"), overwrite: true);

        import.Line.Run("score", import.Model, "--images", images, "--json", "-q");

        var logits =
            JsonNode.Parse(import.Line.Out)!["images"]!.AsArray().Select(static i => (double)i!["logit"]!);
        Assert.Equal(2, logits.Distinct().Count());
    }

    [Fact]
    public void Score_OfARun_TakesItsDiscriminator()
    {
        using var workshop = new TinyWorkshop();
        using var import = new ImportFixture();
        Assert.Equal(ExitCode.Ok, import.Line.Run(workshop.Train("run", 5)));

        var code = import.Line.Run("score", workshop.Run, "--images", workshop.Data, "--top", "2", "-q");

        Assert.True(code == ExitCode.Ok, import.Line.Error);
        var lines = import.Line.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("64 images, mean logit ", lines[0], StringComparison.Ordinal);
        Assert.Equal(6, lines.Length);
        Assert.Contains("…", lines[3], StringComparison.Ordinal);
        Assert.StartsWith("    64  ", lines[5], StringComparison.Ordinal);
    }

    [Fact]
    public void Score_OfAModelWithoutDiscriminator_SaysSo()
    {
        using var import = new ImportFixture();
        import.ImportBigGan(ImportFixture.Case("biggan32-flat", ""));

        var code = import.Line.Run(
            "score", import.Model, "--inputs", ImportFixture.Case("biggan32-flat", "forward.safetensors"),
                "--raw",
            import.In("l"));

        Assert.Equal(ExitCode.Checkpoint, code);
        Assert.Contains("has no discriminator", import.Line.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(import.In("l")));
    }

    [Fact]
    public void Score_OfImagesOfAnUnknownClass_NamesIt()
    {
        using var import = new ImportFixture();
        var folder = ImportFixture.Case("biggan32-flat", "");
        import.ImportBigGan(folder, "--discriminator", Path.Combine(folder, "D.pth"));

        var code =
            import.Line.Run("score", import.Model, "--images", Folder(import, ["3", "zebra"], 1), "-q");

        Assert.Equal(ExitCode.Dataset, code);
        Assert.Contains("the class 'zebra'", import.Line.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("score m", "say what to judge")]
    [InlineData("score m --images a --inputs b --raw c", "say what to judge")]
    [InlineData("score m --inputs b", "belong together")]
    [InlineData("score m --images a --raw c", "belong together")]
    public void Score_OfOptionsThatContradict_SaysWhich(string words, string says)
    {
        using var import = new ImportFixture();

        var code = import.Line.Run(words.Split(' '));

        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains(says, import.Line.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Score_OfTensorsOfAnotherSize_SaysWhatTheModelNeeds()
    {
        using var import = new ImportFixture();
        var folder = ImportFixture.Case("biggan32-flat", "");
        import.ImportBigGan(folder, "--discriminator", Path.Combine(folder, "D.pth"));

        var code = import.Line.Run(
            "score", import.Model, "--inputs",
                ImportFixture.Case("biggan64-plain-conv", "forward.safetensors"),
            "--raw", import.In("l"));

        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains("needs x [N, 3, 32, 32]", import.Line.Error, StringComparison.Ordinal);
    }

    /// <summary>Class folders of small pictures of noise.</summary>
    private static string Folder(ImportFixture import, string[] classes, int perClass)
    {
        var random = new Random(5);
        var root = import.In("pictures");
        foreach (var name in classes)
        {
            Directory.CreateDirectory(Path.Combine(root, name));
            for (var k = 0; k < perClass; k++)
            {
                var pixels = new byte[3 * 32 * 32];
                random.NextBytes(pixels);
                PngWriter.Write(
                    Path.Combine(root, name, $"{k}.png"),
                    ImageGrid.Compose(pixels, 3, 32, 32, new ImageGridOptions { Rows = 1, Columns = 1 }));
            }
        }

        return root;
    }
}
