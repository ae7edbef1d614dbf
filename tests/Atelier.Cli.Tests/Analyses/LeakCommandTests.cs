using Atelier.Cli.Application;

namespace Atelier.Cli.Tests.Analyses;

public sealed class LeakCommandTests(AnalysisWorkshop workshop) : AnalysisTest(workshop)
{
    private string[] Words(params string[] more) =>
        ["leak", Own("run"), "--backbone", Workshop.Backbone, "--count", "30", .. more];

    [Fact]
    public void Leak_OfARun_LooksAtEveryCheckpoint()
    {
        Train("9");

        var report = Json(Words("--data", Workshop.Data, "-o", Own("leak")));

        var checkpoints = report.GetProperty("checkpoints").EnumerateArray().ToList();
        Assert.Equal([5, 9], checkpoints.Select(static c => c.GetProperty("step").GetInt32()));
        Assert.All(checkpoints, static checkpoint =>
        {
            var table = checkpoint.GetProperty("confusion").EnumerateArray()
                .Select(static row => row.EnumerateArray().Select(static n => n.GetInt64()).ToList())
                .ToList();
            Assert.All(table, static row => Assert.Equal(10, row.Sum()));
            Assert.Equal(
                1 - ((table[0][0] + table[1][1] + table[2][2]) / 30.0),
                checkpoint.GetProperty("leak").GetDouble(), 1e-12);
        });
        Assert.InRange(report.GetProperty("heldOutLeak").GetDouble(), 0, 1);
        Assert.Equal(1 + 2, File.ReadAllLines(Own("leak/leak.csv")).Length);
        Assert.Equal(1 + (2 * 3), File.ReadAllLines(Own("leak/confusion.csv")).Length);
        Assert.True(File.Exists(Own("leak/leak.png")) && File.Exists(Own("leak/leak.svg")));
    }

    [Fact]
    public void Leak_WithADamagedCheckpoint_LeavesItOutAndSaysSo()
    {
        Train("9");
        var file = Path.Combine(Own("run"), "checkpoints", "step-00000005", "ema.safetensors");
        File.WriteAllBytes(file, File.ReadAllBytes(file)[..^9]);

        var report = Json(Words());

        Assert.Equal(1, report.GetProperty("checkpoints").GetArrayLength());
        Assert.Contains("it is left out", Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Leak_OfARunWithoutCheckpoints_EndsWithCheckpoint()
    {
        Train("1");
        Directory.Delete(Path.Combine(Own("run"), "checkpoints"), recursive: true);

        Assert.Contains(
            "has no sound checkpoint", Fails(ExitCode.Checkpoint, Words()), StringComparison.Ordinal);
    }

    [Fact]
    public void Leak_OfNoRun_EndsWithCheckpoint() =>
        Fails(ExitCode.Checkpoint, "leak", Workshop.Model);

    [Fact]
    public void Leak_WithoutAClassifierThatFits_EndsWithUsage()
    {
        Train("1");

        Assert.Contains(
            "atelier backbone train", Fails(ExitCode.Usage, "leak", Own("run")), StringComparison.Ordinal);
    }

    private void Train(string steps) => Text(
        "train", "--recipe", Workshop.Recipe, "--data", Workshop.Data, "--out", Own("run"), "--steps", steps);
}
