using Atelier.Cli.Application;

namespace Atelier.Cli.Tests.Analyses;

public sealed class NeighboursCommandTests(AnalysisWorkshop workshop) : AnalysisTest(workshop)
{
    [Fact]
    public void Neighbours_OfTrainingImages_AreThemselves()
    {
        // Without a test split the images that are looked up are those that are searched.
        var report = Json(
            "neighbours", Workshop.TrainOnly, "--data", Workshop.TrainOnly, "--backbone", Workshop.Backbone,
            "--count", "5", "--neighbours", "3");

        var samples = report.GetProperty("samples").EnumerateArray().ToList();
        Assert.Equal(5, samples.Count);
        Assert.All(samples, static sample =>
        {
            var (pixels, features) = (sample.GetProperty("pixels"), sample.GetProperty("features"));
            Assert.Equal(3, pixels.GetArrayLength());
            Assert.Equal(0, pixels[0].GetProperty("distance").GetDouble());
            Assert.True(pixels[1].GetProperty("distance").GetDouble() > 0);
            Assert.Equal(sample.GetProperty("class").GetString(), pixels[0].GetProperty("class").GetString());
            Assert.Equal(
                pixels[0].GetProperty("index").GetInt32(), features[0].GetProperty("index").GetInt32());
        });
        Assert.False(report.TryGetProperty("heldOutMedianNearest", out _));
    }

    [Fact]
    public void Neighbours_OfAModel_ShowsBothSpacesBesideHeldOutImages()
    {
        var report = Json(
            "neighbours", Workshop.Model, "--data", Workshop.Data, "--backbone", Workshop.Backbone,
            "--count", "4", "--classes", "2,0", "-o", Own("near.png"));

        Assert.Equal(
            ["shoe", "bag", "shoe", "bag"],
            report.GetProperty("samples").EnumerateArray().Select(s => s.GetProperty("class").GetString()));
        Assert.Equal(64, report.GetProperty("images").GetInt32());
        Assert.True(report.GetProperty("medianNearest").GetProperty("pixels").GetDouble() > 0);
        Assert.True(report.GetProperty("heldOutMedianNearest").GetProperty("features").GetDouble() > 0);
        Assert.True(File.Exists(Own("near.png")));
    }

    [Fact]
    public void Neighbours_ByPixels_NeedsNoClassifier()
    {
        var text = Text(
            "neighbours", Workshop.Model, "--data", Workshop.Data, "--by", "pixels", "--count", "2");

        Assert.Contains("nearest is image", text, StringComparison.Ordinal);
        Assert.DoesNotContain("features", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Neighbours_OfImagesWithATruncation_EndsWithUsage() => Assert.Contains(
        "names images, not a model",
        Fails(
            ExitCode.Usage, "neighbours", Workshop.TrainOnly, "--data", Workshop.Data, "--by", "pixels",
            "--truncation", "1"),
        StringComparison.Ordinal);

    [Fact]
    public void Neighbours_ByAWordThatIsNone_SaysWhichThereAre() => Assert.Contains(
        "Did you mean 'pixels'?",
        Fails(ExitCode.Usage, "neighbours", Workshop.Model, "--data", Workshop.Data, "--by", "pixel"),
        StringComparison.Ordinal);

    [Fact]
    public void Neighbours_OfAClassThatDoesNotExist_EndsWithUsage() => Fails(
        ExitCode.Usage, "neighbours", Workshop.Model, "--data", Workshop.Data, "--by", "pixels", "--classes",
        "3");
}
