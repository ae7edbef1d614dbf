using Atelier.Tests;
using Atelier.Torch;

namespace Atelier.Gan.Tests;

public sealed class HingeLossTests : TensorTest
{
    private static readonly HingeLoss Loss = new();

    [Fact]
    public void Discriminator_OnThreeHandValues_EqualsTheClosedForm()
    {
        var logits = Tensor.FromArray<float>([-2, 0.25f, 3], 3, 1);

        // Real: (3 + 0.75 + 0) / 3. Fake: (0 + 1.25 + 4) / 3.
        Assert.Equal(1.25, Loss.DiscriminatorOnReal(logits).Item(), 1e-6);
        Assert.Equal(1.75, Loss.DiscriminatorOnFake(logits).Item(), 1e-6);
    }

    [Fact]
    public void Discriminator_WithAWiderMargin_AsksForLogitsAsFarApart()
    {
        var logits = Tensor.FromArray<float>([-2, 0.25f, 3], 3, 1);
        var wide = LossCatalogue.Find("hinge", new LossOptions(2.5));

        // Real: (4.5 + 2.25 + 0) / 3. Fake: (0.5 + 2.75 + 5.5) / 3.
        Assert.Equal(2.25, wide.DiscriminatorOnReal(logits).Item(), 1e-6);
        Assert.Equal(8.75 / 3, wide.DiscriminatorOnFake(logits).Item(), 1e-6);
    }

    [Fact]
    public void Generator_IsMinusTheMeanLogit()
    {
        var logits = Tensor.FromArray<float>([-2, 0.25f, 3], 3, 1);

        Assert.Equal(-1.25 / 3, Loss.Generator(logits).Item(), 1e-6);
    }

    [Theory]
    [InlineData(1e4)]
    [InlineData(-1e4)]
    public void Losses_OfHugeLogits_StayFiniteWithFiniteGradients(double value)
    {
        var logits = Tensor.Full([2, 1], value);
        logits.RequiresGrad = true;

        var total = Loss.DiscriminatorOnReal(logits) + Loss.DiscriminatorOnFake(logits) +
            Loss.Generator(logits);
        Autograd.Backward(total);

        Assert.True(double.IsFinite(total.Item()));
        Assert.True(double.IsFinite(logits.Grad!.Sum().Item()));
    }
}
