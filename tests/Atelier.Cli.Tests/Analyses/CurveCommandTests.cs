using System.Xml.Linq;
using Atelier.Cli.Application;
using Atelier.Gan.BigGan;

namespace Atelier.Cli.Tests.Analyses;

public sealed class CurveCommandTests(AnalysisWorkshop workshop) : AnalysisTest(workshop)
{
    private string[] Words(params string[] more) =>
    [
        "curve", Workshop.Model, "--data", Workshop.Data, "--backbone", Workshop.Backbone, "--count", "30",
        .. more,
    ];

    [Fact]
    public void Curve_OfAModel_MeasuresNoTruncationAndEveryThreshold()
    {
        var report = Json(Words("--thresholds", "0.5,2", "-o", Own("curve")));

        var points = report.GetProperty("points").EnumerateArray().ToList();
        Assert.Equal(3, points.Count);
        Assert.False(points[0].TryGetProperty("threshold", out _));
        Assert.Equal([2, 0.5], points.Skip(1).Select(static p => p.GetProperty("threshold").GetDouble()));
        Assert.Equal(
            points.Min(static p => p.GetProperty("fid").GetDouble()),
            report.GetProperty("bestFid").GetProperty("fid").GetDouble());
        Assert.Equal(
            points.Max(static p => p.GetProperty("is").GetDouble()),
            report.GetProperty("bestIs").GetProperty("is").GetDouble());
        Assert.StartsWith(
            "fid-small-cnn-n30-", report.GetProperty("fidProtocol").GetString(), StringComparison.Ordinal);
        Assert.InRange(report.GetProperty("realIs").GetProperty("value").GetDouble(), 1, 3);
        Assert.Contains("20 images and the model's of 30", Error, StringComparison.Ordinal);

        var rows = File.ReadAllLines(Own("curve/curve.csv"));
        Assert.Equal("threshold,fid,is,is_deviation,fid_protocol,is_protocol", rows[0]);
        Assert.Equal(["", "2", "0.5"], rows.Skip(1).Select(static r => r.Split(',')[0]));
        Assert.Equal((byte)'P', File.ReadAllBytes(Own("curve/curve.png"))[1]);
        var words = XDocument.Load(Own("curve/curve.svg")).Descendants()
            .Where(static e => e.Name.LocalName == "text").Select(static e => e.Value);
        Assert.Contains(words, static w => w.StartsWith("0.5", StringComparison.Ordinal));
    }

    [Fact]
    public void Curve_OfOneThreshold_EqualsEvalAtIt()
    {
        var curve = Json(Words("--thresholds", "0.7"));
        var eval = Json(
            "eval", Workshop.Model, "--data", Workshop.Data, "--backbone", Workshop.Backbone, "--count", "30",
            "--truncation", "0.7");

        Assert.Equal(
            eval.GetProperty("metrics").GetProperty("fid").GetProperty("value").GetDouble(),
            curve.GetProperty("points")[1].GetProperty("fid").GetDouble(), 1e-9);
    }

    [Fact]
    public void Curve_OfADatasetWithoutTestImages_SaysThatTheirScoreIsNotKnown()
    {
        var report = Json(
            "curve", Workshop.Model, "--data", Workshop.TrainOnly, "--backbone", Workshop.Backbone,
            "--count", "20", "--thresholds", "1");

        Assert.False(report.TryGetProperty("realIs", out _));
        Assert.Contains("has no test split", Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Curve_OfImagesOfAnotherSize_EndsWithUsageAndBothSizes()
    {
        var large = Workshop.MakeModel("large", new BigGanOptions { ClassCount = 3, Resolution = 64 });

        var error = Fails(ExitCode.Usage, "curve", large, "--data", Workshop.Data);

        Assert.Contains("1x64x64", error, StringComparison.Ordinal);
        Assert.Contains("1x32x32", error, StringComparison.Ordinal);
        Assert.Contains("--size 64", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Curve_OfAnotherNumberOfClasses_EndsWithUsage()
    {
        var five = Workshop.MakeModel("five", new BigGanOptions { ClassCount = 5 });

        Assert.Contains(
            "The model has 5 classes",
            Fails(ExitCode.Usage, "curve", five, "--data", Workshop.Data), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2,0")]
    [InlineData("1,1")]
    [InlineData("1;2")]
    public void Curve_WithThresholdsThatAreNone_SaysWhatWasExpected(string thresholds) => Assert.Contains(
        "different numbers from 0.02 to 10",
        Fails(ExitCode.Usage, Words("--thresholds", thresholds)), StringComparison.Ordinal);

    [Fact]
    public void Curve_OfNoModel_EndsWithCheckpoint() =>
        Fails(ExitCode.Checkpoint, "curve", "nothing", "--data", Workshop.Data);
}
