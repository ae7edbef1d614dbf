using Atelier.Tests;
using Atelier.Torch;
using Atelier.Torch.Safetensors;

namespace Atelier.Metrics.Tests;

public sealed class BackboneFileTests : TensorTest, IDisposable
{
    private static readonly BackboneOptions Quick = new()
    {
        Blocks = "4|6,5", Epochs = 1, BatchSize = 10, Seed = 8, Command = "atelier backbone train made",
    };

    private readonly TemporaryFolder folder = new();
    private readonly MadeImages images = new(40, seed: 1, channels: 3);

    [Fact]
    public void Load_OfASavedBackbone_SeesTheSame()
    {
        using var trained = BackboneTrainer.Train(images, images, Quick);
        trained.Backbone.Save(folder.File("b.safetensors"));

        using var loaded = SmallClassifierBackbone.Load(folder.File("b.safetensors"));

        var pictures = ImageQuantiser.ToTensor(ImageFeeds.Of(images)(0, 7).Images.Span, 3, 12);
        var expected = trained.Backbone.Extract(pictures);
        var actual = loaded.Extract(pictures);
        Assert.Equal([7L, 5L], actual.Features.Shape);
        Assert.Equal([7L, 3L], actual.Logits.Shape);
        Assert.Equal(0, MaxDifference(expected.Features, actual.Features));
        Assert.Equal(0, MaxDifference(expected.Logits, actual.Logits));
        Assert.Equal(trained.Backbone.Sha256, loaded.Sha256);
        Assert.Equal(trained.Backbone.Card.ClassNames, loaded.Card.ClassNames);
        Assert.Equal(
            trained.Backbone.Card with { ClassNames = [] }, loaded.Card with { ClassNames = [] });
        Assert.Equal(new BackboneInput(3, 12), loaded.Input);
    }

    [Fact]
    public void Extract_OfOneOrManyImages_SeesTheSameInEach()
    {
        using var trained = BackboneTrainer.Train(images, images, Quick);
        var pictures = ImageQuantiser.ToTensor(ImageFeeds.Of(images)(0, 9).Images.Span, 3, 12);

        var together = trained.Backbone.Extract(pictures).Features;

        for (var n = 0; n < 9; n++)
        {
            var alone = trained.Backbone.Extract(pictures.Narrow(0, n, 1)).Features;
            Assert.InRange(MaxDifference(together.Narrow(0, n, 1), alone), 0, 1e-5);
        }
    }

    [Fact]
    public void Extract_RecordsNoGradient()
    {
        using var trained = BackboneTrainer.Train(images, images, Quick);

        var (features, logits) = trained.Backbone.Extract(Tensor.Zeros([2, 3, 12, 12]));

        Assert.False(features.RequiresGrad || logits.RequiresGrad);
    }

    [Fact]
    public void Extract_OfAnotherSize_IsRefused()
    {
        using var trained = BackboneTrainer.Train(images, images, Quick);

        var error =
            Assert.Throws<AtelierException>(() => trained.Backbone.Extract(Tensor.Zeros([2, 3, 12, 14])));

        Assert.Equal(FailureKind.Usage, error.Kind);
        Assert.Contains("[2, 3, 12, 14]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_OfAFlippedBit_IsRefused()
    {
        using var trained = BackboneTrainer.Train(images, images, Quick);
        var path = folder.File("b.safetensors");
        trained.Backbone.Save(path);
        var bytes = File.ReadAllBytes(path);
        bytes[^40] ^= 4;
        File.WriteAllBytes(path, bytes);

        var error = Assert.Throws<AtelierException>(() => SmallClassifierBackbone.Load(path));

        Assert.Equal(FailureKind.Checkpoint, error.Kind);
        Assert.Contains("is damaged: its weights have SHA-256", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_OfAnotherSafetensorsFile_IsRefused()
    {
        var path = folder.File("other.safetensors");
        SafetensorsWriter.Write(
            path, [new("x", SafetensorsDType.F32, 1)], null, (_, _, stream) => stream.Write(new byte[4]));

        var error = Assert.Throws<AtelierException>(() => SmallClassifierBackbone.Load(path));

        Assert.Equal(FailureKind.Checkpoint, error.Kind);
        Assert.Contains("is no backbone of Atelier", error.Message, StringComparison.Ordinal);
    }

    void IDisposable.Dispose()
    {
        folder.Dispose();
        Dispose();
    }
}
