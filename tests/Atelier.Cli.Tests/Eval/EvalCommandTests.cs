using System.Text.Json;
using Atelier.Cli.Application;
using Atelier.Cli.Tests.Analyses;
using Atelier.Gan.BigGan;

namespace Atelier.Cli.Tests.Eval;

public sealed class EvalCommandTests(AnalysisWorkshop workshop) : AnalysisTest(workshop)
{
    private static readonly string[] Names =
    [
        "fid", "kid_mean", "kid_std", "is_mean", "is_std", "precision", "recall", "density", "coverage",
        "ifid", "accuracy", "swd", "msssim",
    ];

    private string[] Model =>
        ["eval", Workshop.Model, "--data", Workshop.Data, "--backbone", Workshop.Backbone, "--count", "30"];

    private string[] Small =>
        [.. Model, "--k", "3", "--kid-subsets", "2", "--kid-subset-size", "20", "--splits", "2"];

    [Fact]
    public void Eval_OfManyMetrics_HasEveryNumberByNameAndRepeatsToTheBit()
    {
        string[] command = [.. Small, "--metrics", "fid,kid,is,prdc,ifid,accuracy,swd,msssim"];
        var report = Json(command);
        var first = Out;

        var metrics = report.GetProperty("metrics");
        Assert.Equal(Names, metrics.EnumerateObject().Select(static m => m.Name));
        foreach (var name in Names)
        {
            var byName = report.GetProperty(name);
            Assert.True(JsonElement.DeepEquals(metrics.GetProperty(name), byName), name);
            Assert.Contains(
                "-n30-fp32-", byName.GetProperty("protocol").GetString(), StringComparison.Ordinal);
        }

        Json(command);
        Assert.Equal(first, Out);
        Json([.. command, "--no-cache"]);
        Assert.Equal(first, Out);
    }

    [Fact]
    public void Eval_OfSwdAndMsssim_NeedsNoBackboneAndListsTheLevels()
    {
        var report = Json(
            "eval", Workshop.Model, "--data", Workshop.Data, "--count", "20", "--metrics", "swd,msssim");

        var swd = report.GetProperty("swd");
        Assert.StartsWith("swd-none-n20-", swd.GetProperty("protocol").GetString(), StringComparison.Ordinal);
        Assert.Equal(
            ["32", "16", "mean"],
            swd.GetProperty("levels").EnumerateArray().Select(static l => l.GetString()));
        var values = swd.GetProperty("values").EnumerateArray().Select(static v => v.GetDouble()).ToList();
        Assert.Equal((values[0] + values[1]) / 2, values[2], 1e-12);
        Assert.Equal(values[2], swd.GetProperty("value").GetDouble());
        Assert.InRange(report.GetProperty("msssim").GetProperty("value").GetDouble(), 0, 1);
    }

    [Fact]
    public void Eval_OfAllMetricsWithoutABackbone_LeavesOutWhatNeedsOne()
    {
        // Without classes no classifier is trained either.
        var model = Workshop.MakeModel("one-class", new BigGanOptions { ClassCount = 1 });

        var report = Json("eval", model, "--data", Workshop.Data, "--count", "20", "--metrics", "all");

        Assert.False(report.TryGetProperty("fid", out _));
        Assert.True(report.TryGetProperty("msssim", out _));
        Assert.Contains("'kid' is taken on the features of a backbone", Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Eval_OfFidWithoutABackbone_SaysHowToMakeOne() => Assert.Contains(
        "backbone train",
        Fails(ExitCode.Usage, "eval", Workshop.Model, "--data", Workshop.Data, "--metrics", "fid"),
        StringComparison.Ordinal);

    [Fact]
    public void Eval_AgainstAFolder_IsTheEvaluationAgainstItsPackedFile()
    {
        var packed = Json([.. Model, "--metrics", "fid,msssim"]).GetProperty("metrics").GetRawText();

        var folder = Json(
            "eval", Workshop.Model, "--data", Workshop.In("both"), "--backbone", Workshop.Backbone, "--count",
            "30", "--metrics", "fid,msssim");

        Assert.Equal(packed, folder.GetProperty("metrics").GetRawText());
    }

    [Fact]
    public void Eval_AgainstAFolderAgain_UsesThePackedFormThatWasKept()
    {
        string[] command = ["eval", Workshop.Model, "--data", Workshop.In("both"), "--metrics", "swd"];
        var packed = Own("cache/atelier/packed");
        Json([.. command, "--count", "20", "--no-cache"]);
        Assert.False(Directory.Exists(packed));
        Json([.. command, "--count", "20"]);
        var first = Out;
        // Every second of its pixels is changed, so that the next call can only have them from there.
        var kept = Assert.Single(Directory.GetFiles(packed));
        var bytes = File.ReadAllBytes(kept);
        for (var i = bytes.Length - (84 * 32 * 32); i < bytes.Length; i += 2) bytes[i] = 9;
        File.WriteAllBytes(kept, bytes);

        Json([.. command, "--count", "20"]);

        Assert.NotEqual(first, Out);
        Json([.. command, "--count", "20", "--no-cache"]);
        Assert.Equal(first, Out);
    }

    [Fact]
    public void Eval_OfTwoFolders_WantsTheirSize()
    {
        string[] folders = ["eval", Workshop.In("one"), "--data", Workshop.In("both"), "--metrics", "swd"];

        Assert.Contains("Say it with --size", Fails(ExitCode.Usage, folders), StringComparison.Ordinal);
        var report = Json([.. folders, "--size", "16"]);
        Assert.Equal(2, report.GetProperty("swd").GetProperty("values").GetArrayLength());
    }

    [Fact]
    public void Eval_OfImagesThatAreTheReference_HasFidZero()
    {
        var report = Json(
            "eval", Workshop.TrainOnly, "--data", Workshop.TrainOnly, "--backbone", Workshop.Backbone,
            "--metrics", "fid,prdc");

        Assert.Equal(64, report.GetProperty("count").GetInt32());
        Assert.InRange(report.GetProperty("fid").GetProperty("value").GetDouble(), 0, 1e-6);
        Assert.Equal(1, report.GetProperty("coverage").GetProperty("value").GetDouble());
    }

    [Fact]
    public void Eval_InOtherBatches_GivesTheSameNumbers()
    {
        var whole = Json([.. Model, "--metrics", "fid,is", "--splits", "2"]);
        var single = Json([.. Model, "--metrics", "fid,is", "--splits", "2", "--batch", "1", "--no-cache"]);

        foreach (var name in (string[])["fid", "is_mean"])
            Assert.Equal(Value(whole, name), Value(single, name), 1e-5);
    }

    [Fact]
    public void Compare_OfTwoEvaluations_RefusesAnotherCount()
    {
        Json([.. Small, "--metrics", "kid,swd"]);
        var first = Own("a.json");
        File.WriteAllText(first, Out);
        Json([.. Small.Select(static word => word == "30" ? "29" : word), "--metrics", "kid,swd"]);
        var second = Own("b.json");
        File.WriteAllText(second, Out);

        var report = Json("eval", "--compare", first, first);
        Assert.Equal(
            0, report.GetProperty("metrics").GetProperty("swd").GetProperty("difference").GetDouble());
        Assert.Contains(
            "different protocols are not comparable",
            Fails(ExitCode.Usage, "eval", "--compare", first, second),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Eval_AfterASignal_StopsBeforeAnyImage()
    {
        var error = Interrupted(ExitCode.Interrupted, [.. Model, "--metrics", "msssim"]);

        Assert.Contains("stopped by a signal", error, StringComparison.Ordinal);
        Assert.Equal("", Out);
    }

    private static double Value(JsonElement report, string name) =>
        report.GetProperty(name).GetProperty("value").GetDouble();
}
