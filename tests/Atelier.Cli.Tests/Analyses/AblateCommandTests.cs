using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Atelier.Cli.Application;
using Atelier.Training.Checkpoints;

namespace Atelier.Cli.Tests.Analyses;

public sealed class AblateCommandTests(AnalysisWorkshop workshop) : AnalysisTest(workshop)
{
    private string[] Words(params string[] more) =>
    [
        "ablate", "--data", Workshop.Data, "--recipe", Workshop.Recipe, "--backbone", Workshop.Backbone,
        "--count", "20", "-o", Own("table"), "--steps", "2", .. more,
    ];

    [Fact]
    public void Ablate_OfTwoRows_ScoresEachSeedAndWritesTheTable()
    {
        var report = Json(Words("--rows", "ortho,shared", "--seeds", "2"));

        Assert.True(report.GetProperty("isComplete").GetBoolean());
        var rows = report.GetProperty("rows").EnumerateArray().ToList();
        Assert.Equal(
            ["baseline", "shared", "ortho"], rows.Select(static r => r.GetProperty("name").GetString()));
        Assert.All(rows, static r => Assert.Equal(2, r.GetProperty("seeds").GetInt32()));
        Assert.All(rows, static r => Assert.True(r.GetProperty("fidDeviation").GetDouble() > 0));
        Assert.Equal([false, true, true], rows.Select(static r => r.GetProperty("shared").GetBoolean()));
        Assert.Equal([0, 0, 1e-4], rows.Select(static r => r.GetProperty("ortho").GetDouble()));
        Assert.Equal(
            [9.54, 9.18], rows[1].GetProperty("paperFid").EnumerateArray().Select(static n => n.GetDouble()));
        var table = File.ReadAllLines(Own("table/ablation.md"))
            .Where(static l => l.StartsWith('|')).ToList();
        Assert.Equal(2 + 3, table.Count);
        Assert.StartsWith("| + ortho | 4 | 2 | yes | no | 0.0001 |", table[^1], StringComparison.Ordinal);
        Assert.Equal(1 + 3, File.ReadAllLines(Own("table/ablation.csv")).Length);
        Assert.Contains(
            "\"isComplete\": true", File.ReadAllText(Own("table/ablation.json")), StringComparison.Ordinal);
    }

    [Fact]
    public void Ablate_Again_RunsOnlyWhatIsMissing()
    {
        var first = Json(Words("--rows", "shared", "--seeds", "1")).GetRawText();
        var kept = new FileInfo(Own("table/baseline/seed-0/result.json")).LastWriteTimeUtc;
        // As if the process had been killed between the end of the training and the result.
        File.Delete(Own("table/shared/seed-0/result.json"));

        var second = Json(Words("--rows", "shared", "--seeds", "1")).GetRawText();

        Assert.Contains("baseline, seed 0: done before", Error, StringComparison.Ordinal);
        Assert.DoesNotContain("shared, seed 0: done before", Error, StringComparison.Ordinal);
        Assert.Equal(kept, new FileInfo(Own("table/baseline/seed-0/result.json")).LastWriteTimeUtc);
        Assert.Equal(first, second);
    }

    [Fact]
    public void Ablate_WithMoreSeeds_KeepsThoseThereAre()
    {
        Json(Words("--rows", "shared", "--seeds", "1"));

        var report = Json(Words("--rows", "shared", "--seeds", "2"));

        Assert.Contains("shared, seed 0: done before", Error, StringComparison.Ordinal);
        Assert.Equal(2, report.GetProperty("rows")[1].GetProperty("seeds").GetInt32());
    }

    [Fact]
    public void Ablate_WithOtherSettings_LeavesTheFolderAlone()
    {
        Json(Words("--rows", "shared", "--seeds", "1"));

        var error = Fails(
            ExitCode.Preflight,
            Words("--rows", "shared", "--seeds", "1", "--set", "training.generator.lr=1e-3"));

        Assert.Contains("made by other settings", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Ablate_OfARunThatBecomesNaN_CountsItAsFailedAndGoesOn()
    {
        Json(Words("--rows", "shared", "--seeds", "1"));
        File.Delete(Own("table/baseline/seed-0/result.json"));
        File.Delete(Own("table/shared/seed-0/result.json"));
        Spoil(Own("table/baseline/seed-0/run/checkpoints"));

        var rows = Json(Words("--rows", "shared", "--seeds", "1")).GetProperty("rows");

        Assert.Equal(1, rows[0].GetProperty("failed").GetInt32());
        Assert.False(rows[0].TryGetProperty("fid", out _));
        Assert.Equal(1, rows[1].GetProperty("seeds").GetInt32());
        Assert.Contains("baseline, seed 0 failed", Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Ablate_DryRun_TellsTheTimeAndWritesNothing()
    {
        var report = Json(Words("--seeds", "3", "-n"));

        Assert.Equal(6, report.GetProperty("rows").GetArrayLength());
        Assert.True(report.GetProperty("trainingMinutes").GetDouble() > 0);
        Assert.False(Directory.Exists(Own("table")));
    }

    [Fact]
    public void Ablate_OfARowThatIsNone_SaysWhichThereAre() => Assert.Contains(
        "Did you mean 'skip-z'?", Fails(ExitCode.Usage, Words("--rows", "skipz")),
        StringComparison.Ordinal);

    /// <summary>Saves the newest checkpoint again, sound but with an average of nothing but NaN.</summary>
    private static void Spoil(string folder)
    {
        var checkpoint = new CheckpointReader(folder).LoadLatest()!;
        var files = checkpoint.Names.ToDictionary(
            static name => name, name => File.ReadAllBytes(checkpoint.PathOf(name)), StringComparer.Ordinal);
        var average = files["ema.safetensors"];
        var header = 8 + (int)BinaryPrimitives.ReadUInt64LittleEndian(average);
        MemoryMarshal.Cast<byte, float>(average.AsSpan(header)).Fill(float.NaN);
        CheckpointStore.Open(folder, new CheckpointRetention(KeepLast: 2)).Save(
            checkpoint.Step,
            [.. files.Select(static f => new CheckpointPart(f.Key, stream => stream.Write(f.Value)))]);
    }
}
