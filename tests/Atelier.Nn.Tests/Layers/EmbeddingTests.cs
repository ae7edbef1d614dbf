using Atelier.Torch;

namespace Atelier.Nn.Tests;

public sealed class EmbeddingTests : NnTest
{
    [Fact]
    public void Forward_OfClassIds_PicksTheirRowsInOrder()
    {
        using var layer = new Embedding(3, 2, null, Init());
        layer.Set("weight", 1, 2, 3, 4, 5, 6);

        var result = layer.Forward(Tensor.FromArray<long>([2, 0, 2], 3));

        AssertClose([5, 6, 1, 2, 5, 6], result, 0);
    }

    [Fact]
    public void Forward_OfSharesOfClasses_MixesTheirRows()
    {
        using var layer = new Embedding(3, 2, null, Init());
        layer.Set("weight", 1, 2, 3, 4, 5, 6);

        var result = layer.Forward(Tensor.FromArray<float>([0, 0, 1, 0.25f, 0, 0.75f], 2, 3));

        AssertClose([5, 6, 4, 5], result, 0);
    }

    [Fact]
    public void Forward_WithSpectralNorm_DividesByTheSigmaOfTheWholeTable()
    {
        using var layer = new Embedding(3, 2, new SpectralNormOptions(), Init());
        layer.Set("weight", 0, 8, 2, 0, 0, 0);
        layer.Set("norm.u", 1, 0, 0);

        var result = layer.Forward(Tensor.FromArray<long>([1], 1));

        AssertClose([0.25, 0], result, Rounding);
    }

    [Fact]
    public void Forward_OfAnUnknownClass_SaysThatTheIndexIsOutOfRange()
    {
        using var layer = new Embedding(3, 2, null, Init());

        var failure = Assert.Throws<TorchException>(() => layer.Forward(Tensor.FromArray<long>([3], 1)));

        Assert.Contains("index out of range", failure.Message, StringComparison.Ordinal);
    }
}
