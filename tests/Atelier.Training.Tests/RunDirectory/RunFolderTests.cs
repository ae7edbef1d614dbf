using System.Text.Json;
using Atelier.Training.RunDirectory;
using Atelier.Training.Tests.Recipes;

namespace Atelier.Training.Tests.RunDirectory;

public sealed class RunFolderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void CreateNumbered_AfterOthers_TakesTheNextNumber()
    {
        Directory.CreateDirectory(folder.In("runs", "00011-other"));
        Directory.CreateDirectory(folder.In("runs", "9-short"));
        Directory.CreateDirectory(folder.In("runs", "notes"));

        var run = RunFolder.CreateNumbered(folder.In("runs"), "biggan32-fashion");

        Assert.Equal(folder.In("runs", "00012-biggan32-fashion"), run.Path);
        Assert.True(Directory.Exists(run.SamplesFolder));
        Assert.True(Directory.Exists(run.CheckpointsFolder));
        Assert.Equal(
            folder.In("runs", "00012-biggan32-fashion", "samples", "step-00001000.png"),
            run.SamplePath(1000));
    }

    [Fact]
    public async Task CreateNumbered_ManyAtOnce_GivesEachItsOwnNumber()
    {
        var runs = await Task.WhenAll(Enumerable.Range(0, 12).Select(i =>
            Task.Run(() => RunFolder.CreateNumbered(folder.In("runs"), $"r{i}"))));

        var numbers = runs.Select(run => Path.GetFileName(run.Path)[..5]).Order(StringComparer.Ordinal);
        Assert.Equal(Enumerable.Range(0, 12).Select(i => $"{i:D5}"), numbers);
    }

    [Fact]
    public void CreateExact_OnARun_IsRefusedWithTheWayOn()
    {
        var run = RunFolder.CreateExact(folder.In("out"));
        run.WriteRecipe(RecipeFixture.Resolve("name: x\n"));

        var failure = Assert.Throws<AtelierException>(() => RunFolder.CreateExact(folder.In("out")));

        Assert.Equal(FailureKind.Preflight, failure.Kind);
        Assert.Contains("--resume auto", failure.Message, StringComparison.Ordinal);
        Assert.Equal(run.Path, RunFolder.Open(folder.In("out")).Path);
    }

    [Fact]
    public void CreateExact_OnOtherFiles_IsRefused()
    {
        File.WriteAllText(folder.In("thesis.txt"), "x");

        Assert.Equal(FailureKind.Preflight,
            Assert.Throws<AtelierException>(() => RunFolder.CreateExact(folder.Path)).Kind);
        Assert.Equal(
            FailureKind.Preflight,
            Assert.Throws<AtelierException>(() => RunFolder.CreateExact(folder.In("thesis.txt"))).Kind);
    }

    [Fact]
    public void Open_NoRun_IsRefused() =>
        Assert.Equal(FailureKind.Checkpoint,
            Assert.Throws<AtelierException>(() => RunFolder.Open(folder.Path)).Kind);

    [Fact]
    public void WriteEnvironment_HoldsTheFactsAndNoForeignVariables()
    {
        var run = RunFolder.CreateExact(folder.In("out"));

        run.WriteEnvironment(RunEnvironment.Capture(
            ["train", "--seed", "1"], new Dictionary<string, string> { ["libtorch"] = "1.13.1" }));

        using var json = JsonDocument.Parse(File.ReadAllText(run.EnvironmentPath));
        Assert.Equal("1.13.1", json.RootElement.GetProperty("facts").GetProperty("libtorch").GetString());
        Assert.Equal("--seed", json.RootElement.GetProperty("command_line")[1].GetString());
        Assert.False(json.RootElement.GetProperty("variables").TryGetProperty("PATH", out _));
    }
}
