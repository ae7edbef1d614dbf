using Atelier.Cli.Application;

namespace Atelier.Cli.Tests.Import;

public sealed class ImportStudioGanTests
{
    [Fact]
    public void Import_OfTheReferencesCheckpoints_SamplesAndScoresAsTheReference()
    {
        using var import = new ImportFixture();

        var code = Import(import, ImportFixture.Case("studiogan32", "config.yaml"), withDiscriminator: true);

        Assert.True(code == ExitCode.Ok, import.Line.Error);
        import.AssertAnswers(ImportFixture.Case("studiogan32", ""));
    }

    [Theory]
    [InlineData("big_resnet", "resnet", "gives backbone as \"resnet\": only big_resnet")]
    [InlineData("z_dim: 16", "z_dim: 15", "a multiple of 4")]
    [InlineData("g_conv_dim: 2", "g_conv_dim: 3", "linear0.weight is [128, 4]")]
    [InlineData("attn_g_loc: [2]", "attn_g_loc: [1]", "missing: attention.0.gamma")]
    [InlineData("\"PD\"", "\"2C\"", "its head is 2C")]
    [InlineData("MODEL:", "MODEL: [", "it is no YAML")]
    public void Import_WithAnotherConfig_SaysWhatDisagrees(string from, string to, string says)
    {
        using var import = new ImportFixture();
        var config = File.ReadAllText(ImportFixture.Case("studiogan32", "config.yaml"));
        Assert.Contains(from, config, StringComparison.Ordinal);
        File.WriteAllText(import.In("config.yaml"), config.Replace(from, to, StringComparison.Ordinal));

        var code = Import(import, import.In("config.yaml"), withDiscriminator: true);

        Assert.Equal(ExitCode.Checkpoint, code);
        Assert.Contains(says, import.Line.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(import.Model));
    }

    private static ExitCode Import(ImportFixture import, string config, bool withDiscriminator) =>
        import.Line.Run(
    [
        "import", "studiogan", "--config", config, "--generator", ImportFixture.Case("studiogan32", "G.pth"),
            "-o",
        import.Model,
        .. withDiscriminator ? new[] { "--discriminator", ImportFixture.Case("studiogan32", "D.pth") } : [],
    ]);
}
