using Atelier.Nn;
using Atelier.Tests;
using Atelier.Torch;
using Atelier.Training.Benchmarks;
using Atelier.Training.Loop;
using Atelier.Training.Tests.Loop;

namespace Atelier.Training.Tests.Benchmarks;

public sealed class FloorTests : TensorTest
{
    private const int N = 4;

    [Fact]
    public void Plan_OfTheDiscriminator_HasItsConvolutionsAsDrawnNotAsJoined()
    {
        var forward = Plan().Where(static e => e.Phase == StepPhase.DiscriminatorForward).ToList();

        Assert.All(forward, static e => Assert.Equal((FloorPass.Forward, 6), (e.Pass, e.Count)));
        // Widths 2, 2, 4, 4; the first two blocks convolve before they halve, and halve before the 1x1.
        Assert.Equal<FloorOperation>(
            [
                D(1, 2, 32, 3), D(2, 2, 32, 3), D(1, 2, 16, 1),
                D(2, 2, 16, 3), D(2, 2, 16, 3), D(2, 2, 8, 1),
                D(2, 4, 8, 3), D(4, 4, 8, 3), D(2, 4, 8, 1),
                D(4, 4, 8, 3), D(4, 4, 8, 3),
                new ProductOperation(1, 2 * N, 4, 1),
            ],
            forward.Select(static e => e.Operation));
    }

    [Fact]
    public void Plan_OfTheGenerator_HasItsConvolutionsBehindTheEnlargement()
    {
        var forward = Plan().Where(static e => e.Phase == StepPhase.GeneratorForward).ToList();

        // Widths 4, 4, 2, 2 in grey: the 3x3 stand on the enlarged map, the 1x1 before it.
        Assert.Equal<FloorOperation>(
            [
                new ProductOperation(1, N, 4, 64),
                G(4, 4, 8, 3), G(4, 4, 8, 3), G(4, 4, 4, 1),
                G(4, 2, 16, 3), G(2, 2, 16, 3), G(4, 2, 8, 1),
                G(2, 2, 32, 3), G(2, 2, 32, 3), G(2, 2, 16, 1),
                G(2, 1, 32, 3),
            ],
            forward.Select(static e => e.Operation));
    }

    [Fact]
    public void Plan_OfGradients_AsksForNoneThatNobodyNeeds()
    {
        var plan = Plan();
        var ofDiscriminator = plan.Where(static e => e.Phase == StepPhase.DiscriminatorBackward).ToList();
        var ofGenerator = plan.Where(static e => e.Phase == StepPhase.Generator).ToList();

        // Nobody asks for the gradient of an image there: two layers see images.
        Assert.Equal(
            [D(1, 2, 32, 3), D(1, 2, 16, 1)],
            ofDiscriminator.Where(static e => e.Pass == FloorPass.WeightGradient)
                .Select(static e => e.Operation));
        Assert.Equal(10, ofDiscriminator.Count(static e => e.Pass == FloorPass.BothGradients));
        // G: 11 layers forward and back. D: 12 forward, and back to its input alone.
        Assert.Equal(23, ofGenerator.Count(static e => e is { Pass: FloorPass.Forward, Count: 3 }));
        Assert.Equal(11, ofGenerator.Count(static e => e.Pass == FloorPass.BothGradients));
        Assert.Equal(12, ofGenerator.Count(static e => e.Pass == FloorPass.InputGradient));
    }

    [Fact]
    public void Flops_OfAConvolutionThatIsTrained_AreTwiceItsForwardOnes()
    {
        var entry = new FloorEntry(
            new ConvolutionOperation(5, 2, 3, 7, 11, 3), FloorPass.BothGradients, StepPhase.Generator, 4);

        Assert.Equal(4 * 2 * (2.0 * 5 * 2 * 3 * 7 * 11 * 9), entry.Flops);
    }

    [Theory]
    [InlineData(Precision.Float32)]
    [InlineData(Precision.BFloat16)]
    public void Timer_OfOneOperationInTwoPhases_MeasuresItOnceAndCounts(Precision precision)
    {
        var attention = new ProductOperation(3, 5, 2, 7);

        var seconds = new FloorTimer(precision, Device.Cpu).Seconds(
        [
            new FloorEntry(G(2, 3, 8, 3), FloorPass.BothGradients, StepPhase.Generator, 6),
            new FloorEntry(G(2, 3, 8, 3), FloorPass.BothGradients, StepPhase.DiscriminatorBackward, 2),
            new FloorEntry(attention, FloorPass.InputGradient, StepPhase.DiscriminatorForward, 1),
        ]);

        Assert.Equal(3, seconds.Count);
        Assert.All(seconds.Values, static s => Assert.InRange(s, double.Epsilon, 10));
        Assert.Equal(3, seconds[StepPhase.Generator] / seconds[StepPhase.DiscriminatorBackward], 1e-9);
    }

    private static IReadOnlyList<FloorEntry> Plan()
    {
        using var session = TinyRun.Session();
        return FloorPlan.Of(
            session.Generator, session.Discriminator, N, accumulation: 3, discriminatorSteps: 2);
    }

    private static ConvolutionOperation G(long inputs, long outputs, long side, long kernel) =>
        new(N, inputs, outputs, side, side, kernel);

    private static ConvolutionOperation D(long inputs, long outputs, long side, long kernel) =>
        new(2 * N, inputs, outputs, side, side, kernel);
}
