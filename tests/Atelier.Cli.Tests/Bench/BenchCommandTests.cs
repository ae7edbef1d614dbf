using System.Text.Json;
using Atelier.Cli.Application;
using Atelier.Cli.Tests.Analyses;
using Atelier.Cli.Tests.Data;

namespace Atelier.Cli.Tests.Bench;

public sealed class BenchCommandTests(AnalysisWorkshop workshop) : AnalysisTest(workshop)
{
    private const string Recipe = """
        name: tiny
        model:
          channels: 8
          generator_widths: [2, 2, 1, 1]
          discriminator_widths: [1, 1, 2, 2]
          latent_size: 4
        training:
          batch_size: 64
          accumulation: 8
          discriminator_steps: 2
        standing_statistics:
          batches: 2
          batch_size: 4
        """;

    private string RecipeFile
    {
        get
        {
            var path = Own("tiny.yaml");
            File.WriteAllText(path, Recipe);
            return path;
        }
    }

    [Fact]
    public void Step_WithFlags_MeasuresWhatTheySayAndNamesEveryKey()
    {
        var trace = Own("trace.json");

        var report = Json(
            "bench", "step", "--recipe", RecipeFile, "--precision", "fp32", "--batch", "4", "--d-steps", "3",
            "--channels", "2", "--classes", "5", "--image-channels", "1", "--profile", trace);

        Assert.Equal(
            ["fp32", "synthetic", "32x32"],
            new[] { "precision", "data", "image_size" }.Select(key => report.GetProperty(key).GetString()));
        Assert.Equal(
            [4, 3, 1, 2, 12],
            new[] { "batch_size", "discriminator_steps", "accumulation", "channels", "images_per_step" }
                .Select(key => report.GetProperty(key).GetInt32()));
        var rate = report.GetProperty("images_per_second").GetDouble();
        var floor = report.GetProperty("floor_images_per_second").GetDouble();
        Assert.Equal(rate / floor, report.GetProperty("floor_ratio").GetDouble(), 1e-12);
        Assert.Equal(5, report.GetProperty("step_seconds").GetArrayLength());
        Assert.True(report.GetProperty("peak_rss_mb").GetDouble() > 10);
        Assert.Equal(
            [
                "data", "generator_forward", "discriminator_forward", "discriminator_backward", "generator",
                "optimizer", "ema", "other",
            ],
            report.GetProperty("phases").EnumerateObject().Select(static phase => phase.Name));
        var model = report.GetProperty("model");
        Assert.Equal(
            (5, 1, 4),
            (model.GetProperty("classes").GetInt32(), model.GetProperty("image_channels").GetInt32(),
                model.GetProperty("latent_size").GetInt32()));
        using var document = JsonDocument.Parse(File.ReadAllBytes(trace));
        Assert.Contains(
            document.RootElement.GetProperty("traceEvents").EnumerateArray(),
            static e => e.GetProperty("name").GetString() == "DiscriminatorBackward");
    }

    [Fact]
    public void Step_OnADataset_TellsThePhasesToPeople()
    {
        var text = Text(
            "bench", "step", "--recipe", RecipeFile, "--data", Workshop.Data, "--channels", "2", "--batch",
            "2", "--precision", "fp32", "--no-floor");

        Assert.Contains($"data: {Workshop.Data}", text, StringComparison.Ordinal);
        Assert.Contains("D backward", text, StringComparison.Ordinal);
        Assert.DoesNotContain("floor", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Step_WithATraceNowhere_IsRefusedBeforeTheWork()
    {
        var error = Fails(
            ExitCode.Usage, "bench", "step", "--recipe", RecipeFile, "--profile", Own("no/such/trace.json"));

        Assert.Contains("The folder of", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Sample_OfAModelAndOfARecipe_HasTheSameKeys()
    {
        string[] few = ["--count", "5", "--batch", "2", "--rounds", "1"];

        var model = Json(["bench", "sample", Workshop.Model, .. few]);
        var recipe = Json(["bench", "sample", "--recipe", RecipeFile, "--channels", "2", .. few]);

        Assert.Equal("tiny", recipe.GetProperty("generator").GetString());
        Assert.Equal(
            model.EnumerateObject().Select(static p => p.Name),
            recipe.EnumerateObject().Select(static p => p.Name));
        foreach (var report in new[] { model, recipe })
            Assert.Equal(
                5 / report.GetProperty("seconds").GetDouble(),
                report.GetProperty("images_per_second").GetDouble(), 1e-9);
    }

    [Fact]
    public void Sample_WithoutAnythingToSample_SaysWhatToGive()
    {
        Assert.Contains(
            "give either a model or --recipe", Fails(ExitCode.Usage, "bench", "sample"),
            StringComparison.Ordinal);
        Assert.Contains(
            "--channels changes a recipe",
            Fails(ExitCode.Usage, "bench", "sample", Workshop.Model, "--channels", "4"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Data_OfAFolderOfPictures_TimesPackingAndLoading()
    {
        var folder = PictureFolder.Make(Own("pictures"), 6, 12);

        var report = Json(
            "bench", "data", folder, "--size", "8", "--threads", "1", "--batch", "4", "--images", "12",
            "--rounds", "1");

        var packing = report.GetProperty("packing");
        Assert.Equal(6, packing.GetProperty("images").GetInt32());
        Assert.Equal(
            ["read and decode", "read, decode and resize", "pack", "pack", "pack"],
            packing.GetProperty("parts").EnumerateArray()
                .Select(static p => p.GetProperty("part").GetString()));
        Assert.Equal(4, report.GetProperty("loading").GetProperty("ways").GetArrayLength());
        Assert.Equal("8x8", report.GetProperty("image_size").GetString());
    }

    [Fact]
    public void Data_OfAPackedFile_TimesLoadingAlone()
    {
        var report = Json("bench", "data", Workshop.Data, "--images", "20", "--rounds", "1");

        Assert.False(report.TryGetProperty("packing", out _));
        Assert.True(report.GetProperty("loading").GetProperty("memcpy_images_per_second").GetDouble() > 0);
    }

    [Fact]
    public void Eval_OfTwoMetrics_TellsWhatEachCosts()
    {
        var report = Json(
            "bench", "eval", Workshop.Data, "--backbone", Workshop.Backbone, "--metrics", "is,fid", "--count",
            "30", "--batch", "8");

        Assert.Equal(30, report.GetProperty("count").GetInt32());
        var metrics = report.GetProperty("metrics").EnumerateArray().ToList();
        Assert.Equal(["is", "fid"], metrics.Select(static m => m.GetProperty("metric").GetString()));
        Assert.All(metrics, static m => Assert.InRange(
            m.GetProperty("computing_seconds").GetDouble(), 0, m.GetProperty("seconds").GetDouble()));
    }

    [Fact]
    public void Ops_OfAFewCalls_ComparesCSharpWithCpp()
    {
        var report = Json("bench", "ops", "--calls", "10000", "--rounds", "1");

        Assert.Equal(
            report.GetProperty("csharp_ns").GetDouble() / report.GetProperty("cpp_boxed_ns").GetDouble(),
            report.GetProperty("ratio_boxed").GetDouble(), 1e-12);
    }
}
