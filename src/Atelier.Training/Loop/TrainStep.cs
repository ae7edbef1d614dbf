using Atelier.Gan;
using Atelier.Torch;

namespace Atelier.Training.Loop;

/// <summary>
/// One step: some discriminator updates, then one generator update, then the average. Gradients are averaged
/// over the accumulated batches, then the regularisers of weights add theirs. As in BigGAN-PyTorch 9845943
/// train_fns.py, fakes and reals go through D in one pass.
/// </summary>
public sealed class TrainStep
{
    private readonly GanSession session;
    private readonly IAdversarialLoss loss;
    private readonly Func<RealBatch> nextBatch;
    private readonly Func<long, FakeInput> nextInput;
    private readonly NumericGuard guard;

    /// <summary>Prepares the steps of a session.</summary>
    /// <param name="session">What moves.</param>
    /// <param name="loss">The game.</param>
    /// <param name="nextBatch">Real images, a batch a call.</param>
    /// <param name="nextInput">Latents and classes of so many images; null to draw them from the session's
    /// random numbers.</param>
    public TrainStep(
        GanSession session, IAdversarialLoss loss, Func<RealBatch> nextBatch,
        Func<long, FakeInput>? nextInput = null)
    {
        this.session = session;
        this.loss = loss;
        this.nextBatch = nextBatch;
        this.nextInput = nextInput ?? DrawInput;
        guard = new NumericGuard(session);
    }

    /// <summary>Is told of the phases; null, the default, costs nothing.</summary>
    public IStepClock? Clock { get; init; }

    /// <summary>Takes the step after <see cref="GanSession.Step"/>.</summary>
    /// <exception cref="AtelierException">A loss or gradient is not finite; the message names the
    /// tensor.</exception>
    public StepResult Run()
    {
        using var scope = new TensorScope();
        var settings = session.Settings;
        var step = session.Step + 1;
        session.Schedule(step);

        var discriminator = new DiscriminatorMeans();
        session.Discriminator.RequireGrad(true);
        session.Generator.RequireGrad(false);
        for (var k = 0; k < settings.DiscriminatorSteps; k++) UpdateDiscriminator(step, discriminator);
        session.Discriminator.RequireGrad(false);
        session.Generator.RequireGrad(true);
        var generatorLoss = UpdateGenerator(step);

        using (Enter(StepPhase.Average)) session.Ema.Update(settings.Ema.DecayAt(step));
        session.Step = step;
        return discriminator.Result(settings.DiscriminatorSteps * settings.Accumulation, generatorLoss);
    }

    private void UpdateDiscriminator(long step, DiscriminatorMeans means)
    {
        var penalties = session.Regularisation.OnReals
            .Where(p => p.IsDue(session.DiscriminatorOptimizer.StepCount)).ToList();
        session.Discriminator.ZeroGrad();
        for (var k = 0; k < session.Settings.Accumulation; k++)
        {
            using var scope = new TensorScope();
            RealBatch real;
            using (Enter(StepPhase.Data)) real = nextBatch();
            if (penalties.Count > 0) real.Images.RequiresGrad = true;
            var count = real.Images.Size(0);
            var generating = Enter(StepPhase.GeneratorForward);
            var (latent, fakeClasses) = nextInput(count);
            using var cast = session.Policy.Enter();
            var fake = session.Generator.Generate(latent, fakeClasses);
            generating.Dispose();
            var judging = Enter(StepPhase.DiscriminatorForward);
            var logits = session.Discriminator.Discriminate(
                Aten.Cat([fake, real.Images]), Aten.Cat([fakeClasses, real.Classes])).Logits;
            var onFake = logits.Narrow(0, 0, count);
            var onReal = logits.Narrow(0, count, count);
            var total = loss.DiscriminatorOnReal(onReal) + loss.DiscriminatorOnFake(onFake);
            var objective = penalties.Aggregate(total, (sum, p) => sum + p.Penalty(real.Images, onReal));
            judging.Dispose();
            using (Enter(StepPhase.DiscriminatorBackward))
                Autograd.Backward(objective / session.Settings.Accumulation);
            means.Add(
                guard.Finite(step, "the discriminator's loss", total),
                onReal.Mean().Item(), onFake.Mean().Item());
        }

        using var optimizing = Enter(StepPhase.Optimizer);
        session.Regularisation.Discriminator.BeforeStep();
        guard.CheckGradients(step, "discriminator", session.Discriminator);
        session.DiscriminatorOptimizer.Step();
        session.Regularisation.Discriminator.AfterStep();
    }

    private double UpdateGenerator(long step)
    {
        session.Generator.ZeroGrad();
        var sum = 0.0;
        for (var k = 0; k < session.Settings.Accumulation; k++)
        {
            using var scope = new TensorScope();
            using var updating = Enter(StepPhase.Generator);
            var (latent, classes) = nextInput(session.Settings.BatchSize);
            using var cast = session.Policy.Enter();
            var fake = session.Generator.Generate(latent, classes);
            var total = loss.Generator(session.Discriminator.Discriminate(fake, classes).Logits);
            Autograd.Backward(total / session.Settings.Accumulation);
            sum += guard.Finite(step, "the generator's loss", total);
        }

        using var optimizing = Enter(StepPhase.Optimizer);
        session.Regularisation.Generator.BeforeStep();
        guard.CheckGradients(step, "generator", session.Generator);
        session.GeneratorOptimizer.Step();
        session.Regularisation.Generator.AfterStep();
        return sum / session.Settings.Accumulation;
    }

    private StepPhaseScope Enter(StepPhase phase) => Clock?.Enter(phase) ?? default;

    private FakeInput DrawInput(long count)
    {
        var classes = Aten.Randint(0, session.Generator.ClassCount, [count], session.Random, DType.Int64);
        return new FakeInput(session.Generator.DrawLatents(count, null, session.Random), classes);
    }

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
