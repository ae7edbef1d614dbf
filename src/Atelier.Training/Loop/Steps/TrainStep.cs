using Atelier.Gan;
using Atelier.Nn;
using Atelier.Torch;

namespace Atelier.Training.Loop;

/// <summary>
/// One step: some discriminator updates, then one generator update, then the average. Gradients are averaged
/// over the accumulated batches, then the regularisers of weights add theirs.
/// </summary>
public sealed class TrainStep : IDisposable
{
    // Without a graph a pass of so many batches takes less memory than D's own pass.
    private const int MostFakesAtOnce = 8;

    private readonly GanSession session;
    private readonly StepContext context;
    private readonly FakeBatches fakes;
    private readonly DiscriminatorUpdate discriminator;
    private readonly GeneratorUpdate generator;
    private readonly RecordedStep? recorded;

    /// <summary>Prepares the steps of a session.</summary>
    /// <param name="session">What moves.</param>
    /// <param name="loss">The game.</param>
    /// <param name="nextBatch">Real images, a batch a call, on the session's device.</param>
    /// <param name="nextInput">Latents and classes of so many images; null to draw them from the session's
    /// random numbers.</param>
    /// <param name="recording">Where steps are to be recorded and replayed, the recording, which the step
    /// then owns; see <see cref="StepRecording.Of"/>.</param>
    public TrainStep(
        GanSession session, IAdversarialLoss loss, Func<RealBatch> nextBatch,
        Func<long, FakeInput>? nextInput = null, IStepRecording? recording = null)
    {
        this.session = session;
        var numbers = new StepNumbers(new NumericGuard(session)) { AreDeferred = recording is not null };
        context = new StepContext(session, loss, numbers)
        {
            FakesAtOnce = session.Device.Type == DeviceType.Cpu ? 1 : MostFakesAtOnce,
        };
        var draw = nextInput ?? session.DrawInput;
        if (recording is not null)
        {
            var inputs = new StepInputs(session.Settings, nextBatch, draw);
            recorded = new RecordedStep(session, recording, inputs);
            (nextBatch, draw) = (inputs.NextReal, inputs.NextFake);
        }

        fakes = new FakeBatches(context, draw);
        discriminator = new DiscriminatorUpdate(context, fakes, nextBatch);
        generator = new GeneratorUpdate(context, draw);
    }

    /// <summary>
    /// Is told of the phases, but not of a recorded step's; null, the default, costs nothing.
    /// </summary>
    public IStepClock? Clock
    {
        get => context.Clock;
        init => context.Clock = value;
    }

    /// <summary>
    /// Batches of a step's fake images that G makes in one pass at most; each has BatchNorm statistics of its
    /// own, so the number changes nothing but time and memory. 1 on the processor and 8 on a GPU.
    /// </summary>
    public int FakesAtOnce
    {
        get => context.FakesAtOnce;
        init => context.FakesAtOnce = value;
    }

    /// <summary>
    /// Spectral norm iterates at every forward pass, as BigGAN-PyTorch does, and not once for each change of
    /// the weights.
    /// </summary>
    internal bool IteratesEveryPass
    {
        get => context.IteratesEveryPass;
        init => context.IteratesEveryPass = value;
    }

    /// <summary>Takes the step after <see cref="GanSession.Step"/>.</summary>
    /// <exception cref="AtelierException">A loss or gradient is not finite; the message names the
    /// tensor.</exception>
    public StepResult Run()
    {
        using var scope = new TensorScope();
        var step = session.Step + 1;
        session.Prepare(step);
        if (recorded is null) Work(step);
        else recorded.Run(() => Work(step));
        session.Step = step;
        if (recorded is not null) CheckGradients(step);
        return context.Numbers.Read(step);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        recorded?.Dispose();
        context.Numbers.Dispose();
    }

    /// <summary>Work of the device; where it is recorded, no number of it is of one step alone.</summary>
    private void Work(long step)
    {
        context.Numbers.Begin();
        // The iterations of a step depend on what a checkpoint keeps and on nothing else.
        session.GeneratorIterations.WeightsChanged();
        session.DiscriminatorIterations.WeightsChanged();

        session.Discriminator.RequireGrad(true);
        session.Generator.RequireGrad(false);
        UpdateDiscriminator(step);
        session.Discriminator.RequireGrad(false);
        session.Generator.RequireGrad(true);
        generator.Run(step);

        using (context.Enter(StepPhase.Average))
            session.Ema.Apply();
    }

    private void CheckGradients(long step)
    {
        context.Numbers.Guard.CheckGradients(step, "discriminator", session.Discriminator);
        context.Numbers.Guard.CheckGradients(step, "generator", session.Generator);
    }

    private void UpdateDiscriminator(long step)
    {
        fakes.Begin(session.Settings.DiscriminatorSteps * session.Settings.Accumulation);
        try
        {
            for (var k = 0; k < session.Settings.DiscriminatorSteps; k++) discriminator.Run(step);
        }
        finally
        {
            fakes.End();
        }
    }
}
