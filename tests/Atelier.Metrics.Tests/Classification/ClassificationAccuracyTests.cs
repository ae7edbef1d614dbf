using Atelier.Tests;

namespace Atelier.Metrics.Tests;

public sealed class ClassificationAccuracyTests : TensorTest
{
    private static readonly BackboneOptions Options =
        new() { Blocks = "4|8", Epochs = 3, BatchSize = 20, ShiftPixels = 0, Flips = false, Seed = 2 };

    [Fact]
    public void Compute_OfFakesWithWrongClasses_TellsWhichSideIsWrong()
    {
        var (train, test) = (new MadeImages(300, seed: 1), new MadeImages(60, seed: 2));
        var fakes = Fakes(200, train, label => label == 0 ? 1 : label == 1 ? 0 : 2);

        var scores = ClassificationAccuracy.Compute(train, test, fakes, Options);

        // Classes 0 and 1 are exchanged in the fakes; class 2, a fifth of all images, is right.
        Assert.InRange(scores.TrainedOnReals.Top1, 0.95, 1);
        Assert.InRange(scores.TrainedOnFakes.Top1, 0, 0.25);
        Assert.InRange(scores.TestedOnFakes.Top1, 0, 0.25);
        Assert.Null(scores.TrainedOnFakes.Top5);
    }

    [Fact]
    public void Compute_Again_GivesTheSameNumbers()
    {
        var (train, test) = (new MadeImages(120, seed: 1), new MadeImages(60, seed: 2));
        var fakes = Fakes(80, train, label => label);

        Assert.Equal(
            ClassificationAccuracy.Compute(train, test, fakes, Options with { Epochs = 1 }),
            ClassificationAccuracy.Compute(train, test, fakes, Options with { Epochs = 1 }));
    }

    [Fact]
    public void GeneratedImageSet_OfAClassThatIsNone_IsRefused()
    {
        var like = new MadeImages(2, seed: 1);

        var error = Assert.Throws<AtelierException>(
            () => new GeneratedImageSet(new byte[144], new long[] { 3 }, like));

        Assert.Equal(FailureKind.Usage, error.Kind);
        Assert.Contains("class 3", error.Message, StringComparison.Ordinal);
    }

    private static GeneratedImageSet Fakes(int count, IImageSet like, Func<long, long> relabel)
    {
        var images = ImageFeeds.Of(new MadeImages(count, seed: 9))(0, count);
        return new GeneratedImageSet(images.Images, Array.ConvertAll(images.Labels.ToArray(), l => relabel(l)), like);
    }
}
