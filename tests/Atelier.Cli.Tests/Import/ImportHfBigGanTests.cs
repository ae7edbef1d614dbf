using Atelier.Cli.Application;

namespace Atelier.Cli.Tests.Import;

public sealed class ImportHfBigGanTests
{
    private static readonly string Forward = ImportFixture.Case("hf-deep64", "forward.safetensors");

    [Theory]
    [InlineData("1.0")]
    [InlineData("0.5")]
    public void Import_OfTheReferencesWeights_SamplesAtEachTruncationAsTheReference(string truncation)
    {
        using var import = new ImportFixture();

        Assert.Equal(ExitCode.Ok, Import(import));

        import.AssertImages(Forward, "images_truncation_" + truncation, "--truncation", truncation);
    }

    [Fact]
    public void Sample_WithoutTruncation_TakesTheStatisticsOfOne()
    {
        using var import = new ImportFixture();
        Import(import);

        import.AssertImages(Forward, "images_truncation_1.0");
    }

    [Fact]
    public void Sample_OfPicturesAtATruncation_NeedsNoStandingStatistics()
    {
        using var import = new ImportFixture();
        Import(import);
        var picture = import.In("grid.png");

        var code =
            import.Line.Run("sample", import.Model, "--truncation", "0.37", "--grid", "1x2", "-o", picture);

        Assert.Equal(ExitCode.Ok, code);
        Assert.True(File.Exists(picture));
    }

    [Fact]
    public void Sample_BeyondTheStatistics_SaysWhatThereIs()
    {
        using var import = new ImportFixture();
        Import(import);

        var code = import.Line.Run(
            "sample", import.Model, "--inputs", Forward, "--raw", import.In("i"), "--truncation", "1.5");

        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains("statistics for 0 to 1", import.Line.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"z_dim\": 16", "\"z_dim\": 8", "generator.gen_z.weight is [2048, 32]")]
    [InlineData("\"n_stats\": 51", "\"n_stats\": 40", "unexpected: generator.layers.0.bn_0.running_means")]
    [InlineData("\"attention_layer_position\": 6", "\"attention_layer_position\": 5",
        "behind the last block")]
    [InlineData("\"attention_layer_position\": 6", "\"attention_layer_position\": 4", "of another shape")]
    [InlineData("\"output_dim\": 64", "\"output_dim\": 128", "gives layers as")]
    public void Import_WithAnotherConfig_SaysWhatDisagrees(string from, string to, string says)
    {
        using var import = new ImportFixture();
        var config = File.ReadAllText(ImportFixture.Case("hf-deep64", "config.json"));
        Assert.Contains(from, config, StringComparison.Ordinal);
        File.WriteAllText(import.In("config.json"), config.Replace(from, to, StringComparison.Ordinal));

        var code = import.Line.Run(
            "import", "hf-biggan", "--config", import.In("config.json"), "--weights",
            ImportFixture.Case("hf-deep64", "pytorch_model.bin"), "-o", import.Model);

        Assert.Equal(ExitCode.Checkpoint, code);
        Assert.Contains(says, import.Line.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(import.Model));
    }

    private static ExitCode Import(ImportFixture import) => import.Line.Run(
        "import", "hf-biggan", "--config", ImportFixture.Case("hf-deep64", "config.json"), "--weights",
        ImportFixture.Case("hf-deep64", "pytorch_model.bin"), "-o", import.Model);
}
