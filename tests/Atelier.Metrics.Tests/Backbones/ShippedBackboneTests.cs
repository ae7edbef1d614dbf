using Atelier.Data;
using Atelier.Tests;
using Atelier.Torch;

namespace Atelier.Metrics.Tests;

public sealed class ShippedBackboneTests : TensorTest
{
    private const long MostBytes = 12_000_000;

    [Theory]
    [InlineData("fashion32", 1)]
    [InlineData("cifar10", 3)]
    public void Backbone_IsSmallAndWasRightOnNineTenthsOfItsTestImages(string name, int channels)
    {
        var file = Shipped(name);

        using var backbone = SmallClassifierBackbone.Load(file);

        Assert.InRange(new FileInfo(file).Length, 1, MostBytes);
        Assert.InRange(backbone.Card.TestAccuracy, 0.9, 1);
        Assert.Equal(10, backbone.ClassNames.Count);
        Assert.Equal(new BackboneInput(channels, 32), backbone.Input);
    }

    [Fact]
    public void BackboneOfPhotographs_RecognisesPhotographs()
    {
        using var backbone = SmallClassifierBackbone.Load(Shipped("cifar10"));
        using var images = PackedDataset.Open(
            Path.Combine(AppContext.BaseDirectory, "Golden", "cifar10-50.atl"));
        var batch = ImageFeeds.Of(new PackedImageSet(images.Split("train")))(0, 50);
        var labels = Tensor.FromArray(batch.Labels.Span, 50);

        var logits = backbone.Extract(ImageQuantiser.ToTensor(batch.Images.Span, 3, 32)).Logits;

        Assert.Equal(images.ClassNames, backbone.ClassNames);
        // 45 of 50 are expected of a classifier that is right in 90 % of all; with 38 it would be three
        // standard deviations of chance below.
        Assert.InRange(logits.Argmax(1).Eq(labels).Sum().Item(), 38, 50);
    }

    private static string Shipped(string name)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Atelier.slnx")))
            folder = folder.Parent;
        return Path.Combine(
            folder?.FullName ?? throw new InvalidOperationException("These tests run in the source tree."),
            "models", "backbones", name + ".safetensors");
    }
}
