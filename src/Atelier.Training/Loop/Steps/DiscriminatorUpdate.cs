using Atelier.Gan;
using Atelier.Torch;

namespace Atelier.Training.Loop;

/// <summary>
/// One update of D. Fakes and reals go through it in one pass, as in BigGAN-PyTorch 9845943 train_fns.py; no
/// graph leads back into G.
/// </summary>
internal sealed class DiscriminatorUpdate(
    StepContext context, FakeBatches fakes, Func<RealBatch> nextBatch)
{
    private readonly GanSession session = context.Session;

    /// <summary>Updates D once, from as many batches as are accumulated.</summary>
    public void Run(long step)
    {
        List<IRealImagePenalty> penalties =
        [
            .. session.Regularisation.OnReals.Where(p => p.IsDue(session.DiscriminatorOptimizer.StepCount)),
        ];
        session.Discriminator.ZeroGrad();
        for (var k = 0; k < session.Settings.Accumulation; k++) Accumulate(step, penalties);
        context.Move(
            step, "discriminator", session.Regularisation.Discriminator, session.DiscriminatorOptimizer,
            session.DiscriminatorIterations, session.DiscriminatorScaler);
    }

    private void Accumulate(long step, List<IRealImagePenalty> penalties)
    {
        using var scope = new TensorScope();
        RealBatch real;
        using (context.Enter(StepPhase.Data)) real = nextBatch();
        if (penalties.Count > 0) real.Images.RequiresGrad = true;
        var count = real.Images.Size(0);
        Tensor fake, fakeClasses;
        using (context.Enter(StepPhase.GeneratorForward)) (fake, fakeClasses) = fakes.Next(count);
        using var cast = session.Policy.Enter();
        Tensor total, objective, onFake, onReal;
        using (context.Enter(StepPhase.DiscriminatorForward))
        {
            var logits = context.Judge(
                Aten.Cat([fake, real.Images]), Aten.Cat([fakeClasses, real.Classes]));
            onFake = logits.Narrow(0, 0, count);
            onReal = logits.Narrow(0, count, count);
            total = context.Loss.DiscriminatorOnReal(onReal) + context.Loss.DiscriminatorOnFake(onFake);
            objective = penalties.Aggregate(total, (sum, p) => sum + p.Penalty(real.Images, onReal));
        }

        using (context.Enter(StepPhase.DiscriminatorBackward))
            context.Backward(objective, session.DiscriminatorScaler);
        context.Numbers.Add(step, StepNumber.DiscriminatorLoss, total);
        context.Numbers.Add(step, StepNumber.OnReal, onReal.Mean());
        context.Numbers.Add(step, StepNumber.OnFake, onFake.Mean());
    }
}
