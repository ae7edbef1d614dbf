using Atelier.Cli.Application;
using Atelier.Cli.Tests.Analyses;
using Atelier.Data;
using Atelier.Data.Decoding;
using Atelier.Data.Pictures;
using Atelier.Gan.BigGan;

namespace Atelier.Cli.Tests.Eval;

public sealed class EvalBadInputTests(AnalysisWorkshop workshop) : AnalysisTest(workshop)
{
    private string[] Model => ["eval", Workshop.Model, "--data", Workshop.Data];

    [Fact]
    public void Eval_WithTheWeightsOfAnotherNetwork_EndsWithCheckpoint() => Assert.Contains(
        "is no backbone",
        Fails(ExitCode.Checkpoint, [.. Model, "--backbone", Workshop.Model]),
        StringComparison.Ordinal);

    [Fact]
    public void Eval_OfFewerImagesThanSplits_EndsWithDataset() => Assert.Contains(
        "5 samples cannot be cut into 10 splits",
        Fails(
            ExitCode.Dataset, [.. Model, "--backbone", Workshop.Backbone, "--metrics", "is", "--count", "5"]),
        StringComparison.Ordinal);

    [Fact]
    public void Eval_OfFewerImagesThanNeighbours_EndsWithDataset() => Assert.Contains(
        "4 samples have no 5 neighbours",
        Fails(
            ExitCode.Dataset,
            [.. Model, "--backbone", Workshop.Backbone, "--metrics", "prdc", "--count", "4"]),
        StringComparison.Ordinal);

    [Fact]
    public void Eval_OfOneImage_EndsWithDataset()
    {
        Pictures("single", 1, 32);

        Assert.Contains(
            "1 images cannot be scored",
            Fails(
                ExitCode.Dataset, "eval", Own("single"), "--data", Workshop.Data, "--metrics", "msssim"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Eval_AgainstImagesOfAnotherSize_EndsWithDataset()
    {
        Pictures("small", 4, 16);
        using (var source = DatasetOpener.OpenSource(Own("small")))
            DatasetPacker.Pack(
                source, Own("small.atl"), new PackOptions { Size = 16, Threads = 1 },
                cancel: TestContext.Current.CancellationToken);

        Assert.Contains(
            "1x32x32 and",
            Fails(
                ExitCode.Dataset, "eval", Workshop.Model, "--data", Own("small.atl"), "--metrics", "msssim"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Eval_OfAFolderWithABrokenFile_NamesIt()
    {
        Pictures("broken", 3, 32);
        var victim = Path.Combine(Own("broken"), "coat", "1.png");
        File.WriteAllBytes(victim, File.ReadAllBytes(victim)[..60]);

        var error = Fails(
            ExitCode.Dataset, "eval", Own("broken"), "--data", Workshop.Data, "--metrics", "msssim");

        Assert.Contains("1.png", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Eval_OfAccuracyOfAModelWithoutClasses_IsRefused()
    {
        var model = Workshop.MakeModel("unconditional", new BigGanOptions { ClassCount = 1 });

        Assert.Contains(
            "'accuracy' needs the class of every image, and what is scored has no classes",
            Fails(
                ExitCode.Usage, "eval", model, "--data", Workshop.Data, "--backbone", Workshop.Backbone,
                "--metrics", "accuracy"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Eval_OfClassMetricsAgainstImagesWithoutClasses_IsRefused()
    {
        Pictures("plain", 6, 32);

        Assert.Contains(
            "'ifid' needs the class of every image, and the real images have no classes",
            Fails(
                ExitCode.Usage, "eval", Workshop.Model, "--data", Own("plain"), "--backbone",
                Workshop.Backbone, "--metrics", "ifid"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Eval_OfImagesOfOtherClasses_LeavesClassMetricsToNobody()
    {
        Pictures("hats", 6, 32, "hat", "cap");

        Assert.Contains(
            "needs images of the same classes, but what is scored has the classes cap, hat",
            Fails(
                ExitCode.Usage, "eval", Own("hats"), "--data", Workshop.Data, "--backbone",
                Workshop.Backbone, "--metrics", "ifid"),
            StringComparison.Ordinal);
    }

    private void Pictures(string name, int count, int side, params string[] classes)
    {
        if (classes.Length == 0) classes = ["coat"];
        var random = new Random(count);
        for (var k = 0; k < count; k++)
        {
            var pixels = new byte[side * side];
            random.NextBytes(pixels);
            var folder = Directory.CreateDirectory(Path.Combine(Own(name), classes[k % classes.Length]));
            PngWriter.Write(
                Path.Combine(folder.FullName, $"{k}.png"), new RasterImage(side, side, 1, pixels));
        }
    }
}
