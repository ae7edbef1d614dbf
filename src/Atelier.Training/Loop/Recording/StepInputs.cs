using Atelier.Torch;
using Atelier.Training.Recipes;

namespace Atelier.Training.Loop;

/// <summary>
/// All inputs of a step, in tensors that stay where they are: a recorded step reads the same memory every
/// time. They are drawn in the order in which a step without recording draws them.
/// </summary>
internal sealed class StepInputs(
    TrainingSettings settings, Func<RealBatch> nextReal, Func<long, FakeInput> nextFake) : IDisposable
{
    private readonly List<RealBatch> reals = [];
    private readonly List<FakeInput> fakes = [];
    private int realsTaken;
    private int fakesTaken;

    /// <summary>Draws the inputs of a step.</summary>
    public void Fill()
    {
        using var noGrad = new NoGradScope();
        using var scope = new TensorScope();
        var batches = settings.DiscriminatorSteps * settings.Accumulation;
        var isFirst = reals.Count == 0;
        for (var k = 0; k < batches; k++)
        {
            var real = nextReal();
            if (isFirst) reals.Add(new RealBatch(Kept(real.Images), Kept(real.Classes)));
            else Put(real, reals[k]);
        }

        for (var k = 0; k < batches + settings.Accumulation; k++)
        {
            var fake = nextFake(settings.BatchSize);
            if (isFirst) fakes.Add(new FakeInput(Kept(fake.Latent), Kept(fake.Classes)));
            else Put(fake, fakes[k]);
        }
    }

    /// <summary>The next batch of reals; begins again after the last of a step.</summary>
    public RealBatch NextReal() => reals[realsTaken++ % reals.Count];

    /// <summary>The next latents and classes; begins again after the last of a step.</summary>
    /// <param name="count">As many as a batch has.</param>
    public FakeInput NextFake(long count)
    {
        var input = fakes[fakesTaken++ % fakes.Count];
        return input.Latent.Size(0) == count
            ? input
            : throw new AtelierException(
                FailureKind.Bug,
                $"A step asks for {count} latents and its batches have {input.Latent.Size(0)}.");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var real in reals)
        {
            real.Images.Dispose();
            real.Classes.Dispose();
        }

        foreach (var fake in fakes)
        {
            fake.Latent.Dispose();
            fake.Classes.Dispose();
        }
    }

    private static Tensor Kept(Tensor tensor) => tensor.Clone().DetachFromScope();

    private static void Put(RealBatch from, RealBatch to)
    {
        to.Images.CopyInPlace(from.Images);
        to.Classes.CopyInPlace(from.Classes);
    }

    private static void Put(FakeInput from, FakeInput to)
    {
        to.Latent.CopyInPlace(from.Latent);
        to.Classes.CopyInPlace(from.Classes);
    }
}
