using Atelier.Data.Decoding;
using Atelier.Data.Resizing;
using Atelier.Gan;
using Atelier.Tests;
using Atelier.Torch;
using Atelier.Training.Loop;

namespace Atelier.Training.Tests.Loop;

/// <summary>A run on images that are not square, from the dataset to the file to ship.</summary>
public sealed class RectangleRunTests : TensorTest
{
    private static readonly ImageSize Wide = new(20, 12);

    [Fact]
    public void Run_StoppedAndResumed_EndsInTheSameBits()
    {
        const string Steps = "training.steps=9";
        using var straight = new TinyRun(shape: Wide, heldOut: 9);
        using var loop = straight.Loop(new ScriptedObserver(), [Steps, "monitors.every_steps=3"]);
        loop.Run();

        using var broken = new TinyRun(shape: Wide, heldOut: 9);
        using (var first = broken.Loop(
            new ScriptedObserver(now =>
            {
                if (now == 8) throw new AbandonedException();
            }), [Steps, "monitors.every_steps=3"]))
            Assert.Throws<AbandonedException>(() => { first.Run(); });
        using var second = broken.Loop(new ScriptedObserver(), [Steps, "monitors.every_steps=3"]);
        second.Run();

        Assert.Equal(TinyRun.Fingerprint(loop), TinyRun.Fingerprint(second));
    }

    [Fact]
    public void Run_AtItsEnd_LeavesAGridAndAModelOfTheShape()
    {
        using var run = new TinyRun(shape: Wide);
        using var loop = run.Loop(new ScriptedObserver(), ["training.steps=5"]);
        loop.Run();

        var model = run.Checkpoints.LoadLatest()!.PathOf(SessionCheckpoint.AverageFile);
        using var session = new GeneratorSession(model);
        using var random = new Generator(Device.Cpu, 1);
        Assert.Equal(new ImageSize(20, 12), session.Generator.ImageSize);
        Assert.Equal(2 * 12 * 20, session.Draw([1, 2], null, random).Length);
        using var judge = new DiscriminatorSession(model);
        Assert.Equal(new ImageSize(20, 12), judge.ImageSize);
        // Ten columns of 20 px are wider than three rows of 12 px are high, whatever margins and labels take.
        var grid = ImageReader.ReadHeader(File.ReadAllBytes(run.Folder.SamplePath(5)));
        Assert.True(grid.Width >= 10 * 20 && grid.Height >= 3 * 12 && grid.Width > 2 * grid.Height);
    }

    [Theory]
    [InlineData(32, 32)]
    [InlineData(12, 20)]
    public void Run_OnImagesOfAnotherShape_SaysBothAndWhatToDo(int width, int height)
    {
        using var folder = new TemporaryFolder();
        using var packed = TinyImages.Pack(folder.In("x.atl"), shape: new ImageSize(width, height));
        var recipe = TinyRun.RecipeOf("model.resolution=20x12");

        var error = Assert.Throws<AtelierException>(() => Preflight.Measure(
            recipe, RunDataset.Of(packed), Nn.Precision.Float32, folder.Path));

        Assert.Equal(FailureKind.Usage, error.Kind);
        Assert.Contains(
            $"images of {width}x{height} pixels and the recipe makes 20x12", error.Message,
            StringComparison.Ordinal);
        Assert.Contains("--size 20x12", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Recipe_OfARectangle_IsSpelledAsItIsRead()
    {
        var recipe = TinyRun.RecipeOf("model.resolution=20x12");
        var square = TinyRun.RecipeOf("model.resolution=32x32");

        Assert.Contains("  resolution: 20x12\n", recipe.ToYaml(), StringComparison.Ordinal);
        Assert.Contains(
            "\"resolution\":\"20x12\"", System.Text.Encoding.UTF8.GetString(recipe.ToCanonicalJson()),
            StringComparison.Ordinal);
        Assert.Equal(new ImageSize(20, 12), recipe.Recipe.Data.Size);
        Assert.Equal(TinyRun.RecipeOf("model.resolution=32").Sha256, square.Sha256);
    }
}
