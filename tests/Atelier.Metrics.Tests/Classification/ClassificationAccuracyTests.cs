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
        var fakes = Fakes(200, label => label == 0 ? 1 : label == 1 ? 0 : 2);

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
        var fakes = Fakes(80, label => label);

        Assert.Equal(
            ClassificationAccuracy.Compute(train, test, fakes, Options with { Epochs = 1 }),
            ClassificationAccuracy.Compute(train, test, fakes, Options with { Epochs = 1 }));
    }

    [Fact]
    public void Test_WithMoreThanFiveClasses_GivesTop5()
    {
        // Six classes of which the three that occur are the backbone's own; its logits have no others.
        string[] names = ["top", "middle", "bottom", "a", "b", "c"];
        using var classifier = new LinearBackbone { ClassNames = names };

        var accuracy = ClassificationAccuracy.Test(
            classifier, new MadeImages(50, seed: 3) { ClassNames = names });

        Assert.Equal(1, accuracy.Top5);
        Assert.InRange(accuracy.Top1, 0.5, 1);
    }

    private static Relabelled Fakes(int count, Func<int, int> relabel) =>
        new(new MadeImages(count, seed: 9), relabel);

    /// <summary>Images with other classes than they show.</summary>
    private sealed class Relabelled(IImageSet images, Func<int, int> relabel) : IImageSet
    {
        public int Count => images.Count;

        public int Channels => images.Channels;

        public int Height => images.Height;

        public int Width => images.Width;

        public IReadOnlyList<string> ClassNames => images.ClassNames;

        public string ContentHash => images.ContentHash;

        public string Resizer => images.Resizer;

        public void CopyImages(ReadOnlySpan<int> indices, Span<byte> destination) =>
            images.CopyImages(indices, destination);

        public int Label(int index) => relabel(images.Label(index));
    }
}
