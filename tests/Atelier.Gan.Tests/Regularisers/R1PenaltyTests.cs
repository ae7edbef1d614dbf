using Atelier.Gan.BigGan;
using Atelier.Nn;
using Atelier.Tests;
using Atelier.Torch;

namespace Atelier.Gan.Tests.Regularisers;

public sealed class R1PenaltyTests : TensorTest
{
    /// <summary>What the penalty of <c>biggan64-attention</c> loses with its unit at zero, a share.</summary>
    private const double UnitAtZero = 1.046e-4;

    private static readonly BigGanOptions Attention64 = new()
    {
        Resolution = 64, ClassCount = 5, DiscriminatorChannels = 4, DiscriminatorAttentionResolutions = [16],
    };

    private readonly Generator random = new(Device.Cpu, 8);

    [Fact]
    public void Penalty_OfAQuadraticJudge_IsTheClosedFormWithItsGradient()
    {
        var weight = Tensor.FromArray<float>([0.5f, -1.5f], 2);
        weight.RequiresGrad = true;
        var images = Tensor.FromArray<float>([1, 2, -3, 0.5f, 0, 1], 3, 2);
        images.RequiresGrad = true;
        var logits = (weight * images.Square()).Sum([1], keepdim: true);

        var penalty = new R1Penalty(4).Penalty(images, logits);
        Autograd.Backward(penalty);

        // The gradient at x is 2 w x: 4/2 · mean of 4 (w₁² x₁² + w₂² x₂²); squares of x sum to 10 and 5.25.
        Assert.Equal(2 * 4 * (0.25 * 10 + 2.25 * 5.25) / 3, penalty.Item(), 1e-4);
        AssertClose([2 * 8 * 0.5 * 10 / 3, 2 * 8 * -1.5 * 5.25 / 3], weight.Grad!, 1e-4);
    }

    [Fact]
    public void Gradient_ThroughADiscriminatorWithAttention_EqualsTheReferences()
    {
        using var network = new BigGanDiscriminator(Attention64, random);
        var weights = GoldenFile.Read("biggan64-attention");
        network.LoadState(weights.Under("D.", BigGanPyTorchKeys.Discriminator));
        network.Train(false);
        var images = weights["x"];
        images.RequiresGrad = true;
        var golden = GoldenFile.Read("biggan64-attention.r1");

        var penalty = new R1Penalty(10).Penalty(images, network.Discriminate(images, weights["y"]).Logits);
        Autograd.Backward(penalty);

        // One unit before a ReLU is zero but for rounding, so the order of sums (the number of threads)
        // decides whether its slope is 1 or 0. The penalty has these two values, found by nudging the images
        // by 1e-7.
        var difference = 1 - (penalty.Item() / golden["penalty"].Item());
        Assert.InRange(Math.Min(Math.Abs(difference), Math.Abs(difference - UnitAtZero)), 0, 2e-6);
        var parameters = network.NamedParameters().ToDictionary(p => p.Name, p => p.Tensor);
        foreach (var (name, expected) in golden.Under("grad.", BigGanPyTorchKeys.Discriminator))
        {
            // Sums of a few thousand float32 products, twice backward.
            var scale = expected.Abs().Max().Item();
            Assert.InRange(MaxDifference(expected, parameters[name].Grad!) / scale, 0, 1e-3);
        }
    }

    [Fact]
    public void Gradient_ThroughSpectralNorm_IsThatOfDifferences()
    {
        // Smooth layers: through a ReLU the penalty jumps, and differences count the jumps.
        var init = new InitializationContext(WeightInitialization.He, random);
        using var convolution = new Conv2d(2, 5, 3, new SpectralNormOptions(), init);
        using var linear = new Linear(5 * 16, 1, new SpectralNormOptions(), init);
        var images = Tensor.Randn([3, 2, 4, 4], random);
        images.RequiresGrad = true;
        // The norm takes its vectors as constants, which they are to first order once they have been found.
        for (var k = 0; k < 300; k++) Penalty();
        convolution.Train(false);
        linear.Train(false);
        var kernel = convolution.Parameters()[0];
        var direction = Tensor.Randn(kernel.Shape, random);
        Autograd.Backward(Penalty());
        var expected = (kernel.Grad! * direction).Sum().Item();

        var differences = (At(1e-2) - At(-1e-2)) / 2e-2;

        Assert.InRange(differences / expected, 0.99, 1.01);

        Tensor Penalty() => new R1Penalty(2).Penalty(
            images, linear.Forward((convolution.Forward(images) * 2).Tanh().Flatten(1)));

        double At(double by)
        {
            using var scope = new TensorScope();
            var before = kernel.Detach().Clone();
            using (new NoGradScope()) kernel.AddInPlace(direction, by);
            var value = Penalty().Item();
            using (new NoGradScope()) kernel.CopyInPlace(before);
            return value;
        }
    }

    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 3)]
    [InlineData(4, 2)]
    public void IsDue_WithAnInterval_HoldsInTheFirstUpdateAndEveryKth(int interval, int times) =>
        Assert.Equal(times, Enumerable.Range(0, 5).Count(k => new R1Penalty(1, interval).IsDue(k)));

    [Fact]
    public void Penalty_WithAnInterval_IsAsManyTimesAsLarge()
    {
        var images = Tensor.FromArray<float>([1, 2], 1, 2);
        images.RequiresGrad = true;

        Assert.Equal(
            16 * new R1Penalty(3).Penalty(images, images.Pow(3).Sum([1])).Item(),
            new R1Penalty(3, 16).Penalty(images, images.Pow(3).Sum([1])).Item(), 1e-3);
    }
}
