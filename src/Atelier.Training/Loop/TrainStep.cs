using Atelier.Gan;
using Atelier.Torch;

namespace Atelier.Training.Loop;

/// <summary>
/// One step: some discriminator updates, then one generator update, then the average. Gradients are averaged
/// over the accumulated batches. As in BigGAN-PyTorch 9845943 train_fns.py, fakes and reals go through D in
/// one pass.
/// </summary>
public sealed class TrainStep(GanSession session, IAdversarialLoss loss, Func<RealBatch> nextBatch)
{
    private readonly NumericGuard guard = new(session);

    /// <summary>Takes the step after <see cref="GanSession.Step"/>.</summary>
    /// <exception cref="AtelierException">A loss or gradient is not finite; the message names the
    /// tensor.</exception>
    public StepResult Run()
    {
        using var scope = new TensorScope();
        var settings = session.Settings;
        var step = session.Step + 1;
        var factor = settings.LearningRateFactor(step);
        session.GeneratorOptimizer.LearningRate = settings.Generator.LearningRate * factor;
        session.DiscriminatorOptimizer.LearningRate = settings.Discriminator.LearningRate * factor;

        var discriminator = new DiscriminatorMeans();
        session.Discriminator.RequireGrad(true);
        session.Generator.RequireGrad(false);
        for (var k = 0; k < settings.DiscriminatorSteps; k++) UpdateDiscriminator(step, discriminator);
        session.Discriminator.RequireGrad(false);
        session.Generator.RequireGrad(true);
        var generatorLoss = UpdateGenerator(step);

        session.Ema.Update(settings.Ema.DecayAt(step));
        session.Step = step;
        return discriminator.Result(settings.DiscriminatorSteps * settings.Accumulation, generatorLoss);
    }

    private void UpdateDiscriminator(long step, DiscriminatorMeans means)
    {
        session.Discriminator.ZeroGrad();
        for (var k = 0; k < session.Settings.Accumulation; k++)
        {
            using var scope = new TensorScope();
            var real = nextBatch();
            var count = real.Images.Size(0);
            var fakeClasses = DrawClasses(count);
            using var cast = session.Policy.Enter();
            var fake = session.Generator.Generate(DrawLatent(count), fakeClasses);
            var logits = session.Discriminator.Discriminate(
                Aten.Cat([fake, real.Images]), Aten.Cat([fakeClasses, real.Classes])).Logits;
            var onFake = logits.Narrow(0, 0, count);
            var onReal = logits.Narrow(0, count, count);
            var total = loss.DiscriminatorOnReal(onReal) + loss.DiscriminatorOnFake(onFake);
            Autograd.Backward(total / session.Settings.Accumulation);
            means.Add(
                guard.Finite(step, "the discriminator's loss", total),
                onReal.Mean().Item(), onFake.Mean().Item());
        }

        session.Regularisation.Discriminator.BeforeStep(session.Discriminator);
        guard.CheckGradients(step, "discriminator", session.Discriminator);
        session.DiscriminatorOptimizer.Step();
    }

    private double UpdateGenerator(long step)
    {
        session.Generator.ZeroGrad();
        var sum = 0.0;
        for (var k = 0; k < session.Settings.Accumulation; k++)
        {
            using var scope = new TensorScope();
            var count = session.Settings.BatchSize;
            var classes = DrawClasses(count);
            using var cast = session.Policy.Enter();
            var fake = session.Generator.Generate(DrawLatent(count), classes);
            var total = loss.Generator(session.Discriminator.Discriminate(fake, classes).Logits);
            Autograd.Backward(total / session.Settings.Accumulation);
            sum += guard.Finite(step, "the generator's loss", total);
        }

        session.Regularisation.Generator.BeforeStep(session.Generator);
        guard.CheckGradients(step, "generator", session.Generator);
        session.GeneratorOptimizer.Step();
        return sum / session.Settings.Accumulation;
    }

    private Tensor DrawLatent(long count) =>
        TruncatedNormal.Draw(count, session.Generator.LatentSize, null, session.Random);

    private Tensor DrawClasses(long count) =>
        Aten.Randint(0, session.Generator.ClassCount, [count], session.Random, DType.Int64);

    /// <summary>Sums over the discriminator's passes.</summary>
    private sealed class DiscriminatorMeans
    {
        private double loss;
        private double real;
        private double fake;

        public void Add(double batchLoss, double onReal, double onFake)
        {
            loss += batchLoss;
            real += onReal;
            fake += onFake;
        }

        public StepResult Result(int passes, double generatorLoss) =>
            new(loss / passes, generatorLoss, real / passes, fake / passes);
    }
}
