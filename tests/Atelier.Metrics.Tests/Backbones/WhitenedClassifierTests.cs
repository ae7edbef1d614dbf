using Atelier.Tests;
using Atelier.Torch;

namespace Atelier.Metrics.Tests;

public sealed class WhitenedClassifierTests : TensorTest, IDisposable
{
    private static readonly BackboneOptions Quick = BackboneOptions.Of(ClassifierDesign.Whitened, 10) with
    {
        Blocks = "6,7|8", Epochs = 6, Seed = 3, Flips = false, ShiftPixels = 0, PeakLearningRate = 0.3,
    };

    private readonly TemporaryFolder folder = new();
    private readonly MadeImages train = new(200, seed: 1, channels: 3);
    private readonly MadeImages test = new(60, seed: 2, channels: 3);

    [Fact]
    public void Train_OfEasyImages_RecognisesThemAndTheFileSeesTheSame()
    {
        using var trained = BackboneTrainer.Train(train, test, Quick);
        trained.Backbone.Save(folder.File("w.safetensors"));

        using var loaded = SmallClassifierBackbone.Load(folder.File("w.safetensors"));

        Assert.True(trained.TestAccuracy >= 0.9, $"test accuracy {trained.TestAccuracy}");
        Assert.Equal("whitened-cnn", loaded.Name);
        Assert.Equal(ClassifierDesign.Whitened, loaded.Shape.Design);
        var pictures = ImageQuantiser.ToTensor(ImageFeeds.Of(test)(0, 7).Images.Span, 3, 12);
        var (expected, actual) = (trained.Backbone.Extract(pictures), loaded.Extract(pictures));
        Assert.Equal([7L, 8L], actual.Features.Shape);
        Assert.Equal(0, MaxDifference(expected.Features, actual.Features));
        Assert.Equal(0, MaxDifference(expected.Logits, actual.Logits));
    }

    [Fact]
    public void Train_OfEqualSeeds_GivesEqualWeights()
    {
        using var first = BackboneTrainer.Train(train, test, Quick with { Epochs = 1 });
        using var second = BackboneTrainer.Train(train, test, Quick with { Epochs = 1 });

        Assert.Equal(first.Backbone.Sha256, second.Backbone.Sha256);
    }

    [Fact]
    public void Train_FromABackbone_BeginsWithItsWeights()
    {
        using var first = BackboneTrainer.Train(train, test, Quick);
        var before = first.Backbone.Sha256;
        // Steps too small for float32: what comes out is what went in, its frozen layer included.
        var still = Quick with { Epochs = 1, PeakLearningRate = 1e-12 };

        using var second = BackboneTrainer.Train(train, test, still, start: first.Backbone);

        Assert.Equal(before, first.Backbone.Sha256);
        Assert.Equal(7, second.Backbone.Card.Epochs);
        var pictures = ImageQuantiser.ToTensor(ImageFeeds.Of(test)(0, 7).Images.Span, 3, 12);
        // The running statistics move on.
        Assert.InRange(
            MaxDifference(first.Backbone.Extract(pictures).Logits, second.Backbone.Extract(pictures).Logits),
            0, 0.2);
        Assert.True(second.TestAccuracy >= 0.9, $"test accuracy {second.TestAccuracy}");
    }

    [Fact]
    public void Train_FromABackboneOfAnotherShape_IsRefused()
    {
        using var first = BackboneTrainer.Train(train, test, Quick with { Epochs = 1 });

        var error = Assert.Throws<AtelierException>(() => BackboneTrainer.Train(
            train, test, Quick with { Blocks = "6,7|9" }, start: first.Backbone));

        Assert.Equal(FailureKind.Usage, error.Kind);
        Assert.Contains("whitened, '6,7|8', for 3 x 12 x 12", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Forward_HalvesInEveryBlockAndTakesTheLargestValues()
    {
        using var generator = new Generator(Device.Cpu, 5);
        using var network = Classifier.Create(
            new SmallClassifierShape(3, 12, 4, "6,7|8") { Design = ClassifierDesign.Whitened }, generator);
        network.Prepare(train);
        var images = ImageQuantiser.ToTensor(ImageFeeds.Of(train)(0, 5).Images.Span, 3, 12);

        var (features, logits) = network.Forward(images);

        // By hand, from the weights: normalised over the batch, without a gain, the biases still 0.
        var state = network.State().ToDictionary(static s => s.Name, static s => s.Tensor);
        var x = Aten.Conv2d(images, state["whitening.weight"], state["whitening.bias"], [1, 1], [1, 1]);
        x = x.Relu();
        x = Normalised(Aten.Conv2d(x, state["conv0.weight"], null, [1, 1], [1, 1]).MaxPool2d([2, 2]));
        x = Normalised(Aten.Conv2d(x, state["conv1.weight"], null, [1, 1], [1, 1]));
        x = Normalised(Aten.Conv2d(x, state["conv2.weight"], null, [1, 1], [1, 1]).MaxPool2d([2, 2]));
        var expected = x.Flatten(2).Amax([2]);
        Assert.Equal([5L, 8L, 3L, 3L], x.Shape);
        Assert.InRange(MaxDifference(expected, features), 0, 1e-4);
        Assert.InRange(MaxDifference(expected.Matmul(state["head.weight"].T()) / 9, logits), 0, 1e-4);
    }

    [Fact]
    public void Train_WithOneHalvingTooMany_IsRefused()
    {
        var error = Assert.Throws<AtelierException>(
            () => BackboneTrainer.Train(train, test, Quick with { Blocks = "6|7|8" }));

        Assert.Equal(FailureKind.Usage, error.Kind);
        Assert.Contains("which halves 12 pixels 3 times", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Train_WithAShiftAsWideAsTheReflectedImage_IsRefused()
    {
        var error = Assert.Throws<AtelierException>(
            () => BackboneTrainer.Train(train, test, Quick with { ShiftPixels = 12 }));

        Assert.Equal(FailureKind.Usage, error.Kind);
        Assert.StartsWith(
            "Images of 12 pixels cannot be shifted by up to 12", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_OfAnUnknownArchitecture_NamesThoseThatAreKnown()
    {
        using var trained = BackboneTrainer.Train(train, test, Quick with { Epochs = 1 });
        var path = folder.File("w.safetensors");
        trained.Backbone.Save(path);
        var bytes = File.ReadAllBytes(path);
        var at = bytes.AsSpan().IndexOf("whitened-cnn"u8);
        "whitened-cat"u8.CopyTo(bytes.AsSpan(at));
        File.WriteAllBytes(path, bytes);

        var error = Assert.Throws<AtelierException>(() => SmallClassifierBackbone.Load(path));

        Assert.Equal(FailureKind.Checkpoint, error.Kind);
        Assert.Contains("'whitened-cat'", error.Message, StringComparison.Ordinal);
        Assert.Contains("small-cnn or whitened-cnn", error.Message, StringComparison.Ordinal);
    }

    void IDisposable.Dispose()
    {
        folder.Dispose();
        Dispose();
    }

    private static Tensor Normalised(Tensor x)
    {
        var (variance, mean) = x.VarMean([0, 2, 3], unbiased: false, keepdim: true);
        return ((x - mean) / (variance + 1e-5).Sqrt()).Relu();
    }
}
