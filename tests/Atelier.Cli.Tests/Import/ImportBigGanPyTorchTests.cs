using System.Text.Json.Nodes;
using Atelier.Cli.Application;

namespace Atelier.Cli.Tests.Import;

public sealed class ImportBigGanPyTorchTests
{
    // Where larger cases of the same kind lie, a folder each; they are not in the repository.
    private static readonly string Oracles =
        Environment.GetEnvironmentVariable("ATELIER_IMPORT_ORACLES") ?? "oracles";

    [Theory]
    [InlineData("biggan32-flat")]
    [InlineData("biggan64-thin-mybn")]
    [InlineData("biggan32-cross-attn")]
    [InlineData("biggan64-plain-conv")]
    [InlineData("bigganDeep64-attn")]
    public void Import_OfTheReferencesWeights_SamplesAndScoresAsTheReference(string name)
    {
        using var import = new ImportFixture();
        var folder = ImportFixture.Case(name, "");

        var code = import.ImportBigGan(folder, "--discriminator", Path.Combine(folder, "D.pth"));

        Assert.True(code == ExitCode.Ok, import.Line.Error);
        Assert.Contains("0 missing, 0 unexpected, 0 of another shape", import.Line.Out,
            StringComparison.Ordinal);
        import.AssertAnswers(folder);
    }

    [Theory]
    [InlineData("biggan64-hier-attn")]
    [InlineData("biggan128-forward")]
    public void Import_OfLargerWeights_SamplesAndScoresAsTheReference(string name)
    {
        var folder = Path.Combine(Oracles, name);
        Assert.SkipUnless(Directory.Exists(folder),
            $"there is no {folder}; name its folder with ATELIER_IMPORT_ORACLES");
        using var import = new ImportFixture();

        import.ImportBigGan(folder, "--discriminator", Path.Combine(folder, "D.pth"));

        import.AssertAnswers(folder);
    }

    [Fact]
    public void Import_WithAnAverage_SamplesFromItUnlessTheTrainedOneIsAskedFor()
    {
        using var import = new ImportFixture();
        var folder = ImportFixture.Case("biggan32-flat", "");
        var other = Other(import);

        import.ImportBigGan(folder, "--ema", other);

        import.AssertImages(Path.Combine(folder, "forward.safetensors"), "images", "--weights", "trained");
        import.Line.Run(
            "sample", import.Model, "--inputs", Path.Combine(folder, "forward.safetensors"), "--raw",
                import.In("a"));
        var trained = ImportFixture.Read(import.In("images"), "images");
        var average = ImportFixture.Read(import.In("a"), "images");
        Assert.True(trained.Zip(average).Max(static p => Math.Abs(p.First - p.Second)) > 0.01);
    }

    [Theory]
    [InlineData("G_ch", "16", "linear.weight is [512, 128], and the config makes it [1024, 128]")]
    [InlineData("dim_z", "100", "linear.weight is [512, 128], and the config makes it [512, 100]")]
    [InlineData("n_classes", "7", "blocks.0.0.bn1.gain.weight is [10, 32], and the config makes it [7, 32]")]
    [InlineData("G_attn", "\"16\"", "missing: attention.1.gamma")]
    [InlineData("G_shared", "true", "missing: shared.weight")]
    [InlineData("G_param", "\"None\"", "unexpected: linear.u0")]
    [InlineData("mybn", "true", "unexpected: blocks.0.0.bn1.stored_mean")]
    [InlineData("model", "\"BigGANdeep\"", "G_shared")]
    public void Import_WithAnotherConfig_SaysWhatDisagreesAndWritesNothing(string option, string value,
        string says)
    {
        using var import = new ImportFixture();
        var folder = ImportFixture.Case("biggan32-flat", "");
        var config = Config(import, folder, option, value);

        var code = import.Line.Run(
            "import", "biggan-pytorch", "--config", config, "--generator", Path.Combine(folder, "G.pth"),
                "-o",
            import.Model);

        Assert.Equal(ExitCode.Checkpoint, code);
        Assert.Contains(says, import.Line.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(import.Model));
        Assert.Empty(Directory.EnumerateFiles(import.Line.Folder.Path, ".tmp-*"));
    }

    [Fact]
    public void Import_OfADiscriminatorOfAnotherWidth_SaysSo()
    {
        using var import = new ImportFixture();
        var folder = ImportFixture.Case("biggan32-flat", "");
        var config = Config(import, folder, "D_ch", "4");

        var code = import.Line.Run(
            "import", "biggan-pytorch", "--config", config, "--generator", Path.Combine(folder, "G.pth"),
            "--discriminator", Path.Combine(folder, "D.pth"), "-o", import.Model);

        Assert.Equal(ExitCode.Checkpoint, code);
        Assert.Contains("D.pth is not the discriminator", import.Line.Error, StringComparison.Ordinal);
        Assert.Contains("D_ch 4", import.Line.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(import.Model));
    }

    [Theory]
    [InlineData("G_nl", "\"leaky\"", "only ReLU is known")]
    [InlineData("norm_style", "\"in\"", "only BatchNorm")]
    [InlineData("norm_style", "\"gn\"", "only BatchNorm")]
    [InlineData("norm_style", "\"nonorm\"", "only BatchNorm")]
    [InlineData("resolution", "48", "32, 64, 128, 256 or 512")]
    [InlineData("resolution", "\"32\"", "a whole number")]
    [InlineData("n_classes", "1.5", "a whole number")]
    [InlineData("G_ch", "-3", "a whole number from 1")]
    [InlineData("G_attn", "\"32,64\"", "resolutions such as 64")]
    [InlineData("hier", "true", "it needs G_shared")]
    [InlineData("hier", "1", "true or false")]
    [InlineData("BN_eps", "0", "a number above 0")]
    [InlineData("model", "\"StyleGAN\"", "BigGAN or BigGANdeep")]
    [InlineData("bottom_width", "8", "only 4 is known")]
    public void Import_OfAnOptionWithoutCounterpart_NamesIt(string option, string value, string says)
    {
        using var import = new ImportFixture();
        var folder = ImportFixture.Case("biggan32-flat", "");
        var config = Config(import, folder, option, value);

        var code = import.Line.Run(
            "import", "biggan-pytorch", "--config", config, "--generator", Path.Combine(folder, "G.pth"),
                "-o",
            import.Model);

        Assert.Equal(ExitCode.Checkpoint, code);
        Assert.Contains($"gives {option} as", import.Line.Error, StringComparison.Ordinal);
        Assert.Contains(says, import.Line.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Import_OfAHostilePickle_IsRefusedWithTheNameOfWhatItAsksFor()
    {
        using var import = new ImportFixture();
        var folder = ImportFixture.Case("biggan32-flat", "");
        var bad = import.In("bad.pth");
        // Of the same length, and in the legacy layout, which has no CRC that would tell first.
        var legacy = File.ReadAllBytes(ImportFixture.Case("biggan32-cross-attn", "G.pth"));
        var place = legacy.AsSpan().IndexOf("ccollections\nOrderedDict\n"u8);
        "cposix_extra\nsystem_call\n"u8.CopyTo(legacy.AsSpan(place));
        File.WriteAllBytes(bad, legacy);

        var code = import.Line.Run(
            "import", "biggan-pytorch", "--config", Path.Combine(folder, "config.json"), "--generator", bad,
                "-o",
            import.Model);

        Assert.Equal(ExitCode.Checkpoint, code);
        Assert.Contains("it asks for 'posix_extra.system_call'", import.Line.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(import.Model));
    }

    [Fact]
    public void Import_WithJson_ReportsEveryNetwork()
    {
        using var import = new ImportFixture();
        var folder = ImportFixture.Case("biggan64-thin-mybn", "");
        var names = import.In("names.txt");
        File.WriteAllLines(names, ["a", "b", "c", "d", "ü"]);

        import.ImportBigGan(
            folder, "--discriminator", Path.Combine(folder, "D.pth"), "--class-names", names, "--json");

        var report = JsonNode.Parse(import.Line.Out)!;
        Assert.Equal("biggan", (string?)report["family"]);
        Assert.Equal(5, (int)report["classes"]!);
        var networks = report["networks"]!.AsArray();
        Assert.Equal(["generator", "discriminator"], networks.Select(static n => (string?)n!["network"]));
        // BigGAN-PyTorch's own BatchNorm has a counter in each of 9 layers.
        Assert.Equal(9, networks[0]!["ignored"]!.AsArray().Count);
        Assert.Empty(networks[0]!["missing"]!.AsArray());
    }

    [Fact]
    public void Import_OfClassNamesOfAnotherNumber_IsRefused()
    {
        using var import = new ImportFixture();
        var names = import.In("names.txt");
        File.WriteAllLines(names, ["a", "b"]);

        var code = import.ImportBigGan(ImportFixture.Case("biggan32-flat", ""), "--class-names", names);

        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains("has 2 lines; the model has 10 classes", import.Line.Error, StringComparison.Ordinal);
    }

    /// <summary>The case's generator with another first layer, as an average would differ.</summary>
    private static string Other(ImportFixture import)
    {
        var bytes = File.ReadAllBytes(ImportFixture.Case("biggan32-flat", "G.pth"));
        var path = import.In("G_ema.pth");
        RewrittenZip.ChangeLargestStorage(bytes);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    private static string Config(ImportFixture import, string folder, string option, string value)
    {
        var config = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "config.json")))!.AsObject();
        if (option == "model") config.Remove("family");
        config[option] = JsonNode.Parse(value);
        var path = import.In("config.json");
        File.WriteAllText(path, config.ToJsonString());
        return path;
    }
}
