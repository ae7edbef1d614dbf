using Atelier.Torch;

namespace Atelier.Training.Loop;

/// <summary>The update of G: back through D, whose weights get no gradients.</summary>
internal sealed class GeneratorUpdate(StepContext context, Func<long, FakeInput> nextInput)
{
    private readonly GanSession session = context.Session;

    /// <summary>Updates G once, from as many batches as are accumulated.</summary>
    public void Run(long step)
    {
        session.Generator.ZeroGrad();
        for (var k = 0; k < session.Settings.Accumulation; k++)
        {
            using var scope = new TensorScope();
            using var updating = context.Enter(StepPhase.Generator);
            var input = nextInput(session.Settings.BatchSize);
            using var cast = session.Policy.Enter();
            var fake = context.Generate(input);
            var total = context.Loss.Generator(context.Judge(fake, input.Classes));
            context.Backward(total, session.GeneratorScaler);
            context.Numbers.Add(step, StepNumber.GeneratorLoss, total);
        }

        context.Move(
            step, "generator", session.Regularisation.Generator, session.GeneratorOptimizer,
            session.GeneratorIterations, session.GeneratorScaler);
    }
}
