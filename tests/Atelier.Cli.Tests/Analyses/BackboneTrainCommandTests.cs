using Atelier.Cli.Application;
using Atelier.Metrics;

namespace Atelier.Cli.Tests.Analyses;

public sealed class BackboneTrainCommandTests(AnalysisWorkshop workshop) : AnalysisTest(workshop)
{
    [Fact]
    public void BackboneTrain_OfTheWhitenedDesign_WritesWhatRepeatsIt()
    {
        var path = Own("whitened.safetensors");

        var report = Json(
            "backbone", "train", "--data", Workshop.Data, "--design", "whitened", "--blocks", "5,6|7",
            "--epochs", "2", "--batch-size", "16", "--rate", "0.05", "-o", path);

        using var backbone = SmallClassifierBackbone.Load(path);
        Assert.Equal("whitened-cnn", backbone.Name);
        Assert.Equal(7, backbone.FeatureCount);
        Assert.Equal(backbone.Card.TestAccuracy, report.GetProperty("testAccuracy").GetDouble());
        Assert.EndsWith(
            "--design whitened --blocks '5,6|7' --epochs 2 --batch-size 16 --shift 2 --seed 0 --rate 0.05",
            backbone.Card.Command, StringComparison.Ordinal);
    }

    [Fact]
    public void BackboneTrain_WithoutADesign_IsThePlainOne()
    {
        var path = Own("plain.safetensors");

        Text("backbone", "train", "--data", Workshop.Data, "--blocks", "4|5", "--epochs", "1", "-o", path);

        using var backbone = SmallClassifierBackbone.Load(path);
        Assert.Equal("small-cnn", backbone.Name);
        Assert.EndsWith(
            "--design plain --blocks '4|5' --epochs 1 --batch-size 128 --shift 2 --seed 0",
            backbone.Card.Command, StringComparison.Ordinal);
    }

    [Fact]
    public void BackboneTrain_FromAFile_GoesOnWithItsShape()
    {
        var first = Own("first.safetensors");
        var path = Own("second.safetensors");
        Text("backbone", "train", "--data", Workshop.Data, "--design", "whitened", "--blocks", "4|5",
            "--epochs", "1", "--batch-size", "16", "-o", first);

        Text("backbone", "train", "--data", Workshop.Data, "--from", first, "--epochs", "2",
            "--batch-size", "16", "--cutout", "3", "-o", path);

        using var backbone = SmallClassifierBackbone.Load(path);
        Assert.Equal("4|5", backbone.Shape.Blocks);
        Assert.Equal(3, backbone.Card.Epochs);
        Assert.EndsWith(
            "--epochs 2 --batch-size 16 --shift 2 --seed 0 --cutout 3 --from first.safetensors",
            backbone.Card.Command, StringComparison.Ordinal);
        Assert.DoesNotContain("--design", backbone.Card.Command, StringComparison.Ordinal);
    }

    [Fact]
    public void BackboneTrain_FromAFileWithADesign_IsRefused() => Assert.Contains(
        "Leave --design and --blocks out",
        Fails(ExitCode.Usage, "backbone", "train", "--data", Workshop.Data, "--from", "f.safetensors",
            "--design", "plain", "-o", Own("g.safetensors")),
        StringComparison.Ordinal);
}
