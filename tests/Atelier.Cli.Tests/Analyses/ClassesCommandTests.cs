using Atelier.Cli.Application;
using Atelier.Gan.BigGan;

namespace Atelier.Cli.Tests.Analyses;

public sealed class ClassesCommandTests(AnalysisWorkshop workshop) : AnalysisTest(workshop)
{
    private string[] Words(string count, params string[] more) =>
    [
        "classes", Workshop.Model, "--data", Workshop.Data, "--backbone", Workshop.Backbone, "--count", count,
        .. more,
    ];

    [Fact]
    public void Classes_OfAModel_AreSortedFromEasyToHard()
    {
        var report = Json(Words("20", "-o", Own("classes")));

        var rows = report.GetProperty("classes").EnumerateArray().ToList();
        Assert.Equal([0, 1, 2], rows.Select(static r => r.GetProperty("id").GetInt32()).Order());
        var fids = rows.Select(static r => r.GetProperty("fid").GetDouble()).ToList();
        Assert.Equal(fids.Order(), fids);
        Assert.Equal(fids.Average(), report.GetProperty("meanFid").GetDouble(), 1e-12);
        // 64 images in turn: class 0 has one more than the others.
        Assert.Equal(
            [22, 21, 21],
            rows.OrderBy(static r => r.GetProperty("id").GetInt32())
                .Select(static r => r.GetProperty("realImages").GetInt32()));
        Assert.Equal(3, rows.Select(static r => r.GetProperty("protocol").GetString()).Distinct().Count());
        Assert.Equal(4, File.ReadAllLines(Own("classes/classes.csv")).Length);
        Assert.True(File.Exists(Own("classes/classes.png")));
    }

    [Fact]
    public void Classes_WithFewerImagesThanFeatures_WarnsOnce()
    {
        Text(Words("4"));

        Assert.Equal(2, Error.Split("strongly biased upwards").Length);
        Assert.Contains("FID over 4 images in 6 dimensions", Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Classes_OfAModelWithoutAny_EndsWithUsage()
    {
        var plain = Workshop.MakeModel("plain", new BigGanOptions { ClassCount = 1 });

        Assert.Contains(
            "was made without classes",
            Fails(
                ExitCode.Usage, "classes", plain, "--data", Workshop.Data, "--backbone", Workshop.Backbone),
            StringComparison.Ordinal);
    }
}
