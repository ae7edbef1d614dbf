using System.Text.Json;
using Atelier.Tests;
using Atelier.Torch;
using Atelier.Training.Benchmarks;
using Atelier.Training.Tests.Loop;

namespace Atelier.Training.Tests.Benchmarks;

public sealed class StepBenchmarkTests : TensorTest
{
    [Fact]
    public void Benchmark_OfATinyRecipe_TellsTimesThatAddUp()
    {
        using var images = SyntheticImages.Pack(Path.Combine(Folder, "images.atl"), 32, 1, 3, 4);

        var result = StepBenchmark.Run(
            TinyRun.RecipeOf().Recipe, images.Split("train"),
            new StepBenchmarkOptions { WarmUpSteps = 1, Steps = 5 }, TestContext.Current.CancellationToken);

        Assert.Equal(5, result.StepSeconds.Count);
        Assert.Equal(result.StepSeconds.Order().ElementAt(2), result.SecondsPerStep);
        Assert.Equal(result.SecondsPerStep, result.Phases.Total(), 1e-9);
        Assert.True(result.Phases is
        {
            Data: > 0, GeneratorForward: > 0, DiscriminatorForward: > 0, DiscriminatorBackward: > 0,
            Generator: > 0, Optimizer: > 0, Ema: > 0,
        });
        // Two updates of D with batches of 4.
        Assert.Equal(8, result.ImagesPerStep);
        Assert.Equal(8 / result.SecondsPerStep, result.ImagesPerSecond, 1e-9);
        Assert.True(result.PeakRssMb > 10);
        var floor = result.Floor!;
        Assert.Equal(floor.Seconds, floor.Phases.Total(), 1e-12);
        Assert.Equal(8 / floor.Seconds, floor.ImagesPerSecond, 1e-9);
        Assert.Equal(result.ImagesPerSecond / floor.ImagesPerSecond, floor.Ratio, 1e-12);
        Assert.True(floor.TeraFlop > 0);
    }

    [Fact]
    public void Trace_OfAStep_HasItsPhasesAndTheOperatorsInsideThem()
    {
        using var images = SyntheticImages.Pack(Path.Combine(Folder, "images.atl"), 32, 1, 3, 4);
        var path = Path.Combine(Folder, "trace.json");

        StepBenchmark.Run(
            TinyRun.RecipeOf().Recipe, images.Split("train"),
            new StepBenchmarkOptions { WarmUpSteps = 0, Steps = 5, MeasuresFloor = false, TracePath = path },
            TestContext.Current.CancellationToken);

        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        var events = document.RootElement.GetProperty("traceEvents").EnumerateArray()
            .Where(static e => e.GetProperty("ph").GetString() == "X").Select(Event).ToList();
        TraceNesting.AssertNested(events);
        var phases = events.Where(static e => e.Category == "phase").ToList();
        Assert.Equal(2, phases.Count(static e => e.Name == "DiscriminatorForward"));
        Assert.Single(phases, static e => e.Name == "Average");
        var forward = phases.First(static e => e.Name == "DiscriminatorForward");
        Assert.Contains(events, e => e.Name.Contains("conv", StringComparison.Ordinal)
            && e.Shapes.StartsWith("[8,1,32,32]", StringComparison.Ordinal)
            && e.Start >= forward.Start && e.Start + e.Duration <= forward.Start + forward.Duration);
    }

    [Fact]
    public void SyntheticImages_ForALargeBatch_AreEnoughAndOfEveryClass()
    {
        using var images = SyntheticImages.Pack(
            Path.Combine(Folder, "images.atl"), new ImageSize(6, 4), 3, 5, 1500);

        Assert.Equal((1500, 3, 6, 4), (images.Count, images.Channels, images.Width, images.Height));
        Assert.Equal([0, 1, 2, 3, 4, 0], images.Labels[..6].ToArray());
        Assert.False(images.Image(0).SequenceEqual(images.Image(1)));
    }

    [Fact]
    public void PeakMemory_AfterAReset_IsThatOfWhatCameSince()
    {
        const int Block = 200 << 20;
        Touch(Block);
        var before = PeakMemory.Megabytes();
        Assert.SkipUnless(PeakMemory.Reset(), "this system keeps the peak");

        var reset = PeakMemory.Megabytes();
        Touch(Block / 2);

        Assert.InRange(before - reset, 150, 1e6);
        Assert.InRange(PeakMemory.Megabytes() - reset, 80, 150);
    }

    private static void Touch(int bytes)
    {
        // Straight from the system, so that it goes back there at once.
        using var file = System.IO.MemoryMappedFiles.MemoryMappedFile.CreateNew(null, bytes);
        using var view = file.CreateViewAccessor();
        for (var at = 0L; at < bytes; at += 4096) view.Write(at, (byte)1);
    }

    private static TraceEvent Event(JsonElement json) => new(
        json.GetProperty("name").GetString()!, json.GetProperty("cat").GetString()!,
        (long)Math.Round(json.GetProperty("ts").GetDouble() * 1000),
        (long)Math.Round(json.GetProperty("dur").GetDouble() * 1000), json.GetProperty("tid").GetInt64(),
        json.TryGetProperty("args", out var args) ? args.GetProperty("shapes").GetString()! : "");
}
