using Atelier.Gan;
using Atelier.Nn;
using Atelier.Torch;

namespace Atelier.Training.Loop;

/// <summary>What the parts of a step share.</summary>
/// <param name="session">What moves.</param>
/// <param name="loss">The game.</param>
/// <param name="numbers">Takes what the step tells of itself.</param>
internal sealed class StepContext(GanSession session, IAdversarialLoss loss, StepNumbers numbers)
{
    public GanSession Session => session;

    public IAdversarialLoss Loss => loss;

    public StepNumbers Numbers => numbers;

    public IStepClock? Clock { get; set; }

    /// <summary>Iterate spectral norm at every pass, as the reference does, and not once an update.</summary>
    public bool IteratesEveryPass { get; set; }

    /// <summary>Batches of images that one pass of G makes for D at most.</summary>
    public int FakesAtOnce { get; set; } = 1;

    // A clock waits for the device, and what is recorded may not.
    public StepPhaseScope Enter(StepPhase phase) =>
        numbers.AreDeferred ? default : Clock?.Enter(phase) ?? default;

    /// <summary>Images by G as it is.</summary>
    public Tensor Generate(FakeInput input)
    {
        if (IteratesEveryPass) session.GeneratorIterations.WeightsChanged();
        return session.Generator.Generate(input.Latent, input.Classes);
    }

    /// <summary>Logits of D as it is.</summary>
    public Tensor Judge(Tensor images, Tensor classes)
    {
        if (IteratesEveryPass) session.DiscriminatorIterations.WeightsChanged();
        return session.Discriminator.Discriminate(images, classes).Logits;
    }

    /// <summary>Adds the gradients of an objective to those of the weights it depends on.</summary>
    public void Backward(Tensor objective, GradScaler? scaler)
    {
        var share = objective / session.Settings.Accumulation;
        Autograd.Backward(scaler is null ? share : scaler.Scaled(share));
    }

    /// <summary>
    /// What follows the gradients of a network: regularisers, the look at the gradients, the optimiser,
    /// constraints. Nothing moves where scaled gradients have overflown.
    /// </summary>
    public void Move(
        long step, string name, NetworkRegularisers network, Adam optimizer, PowerIterationGroup iterations,
        GradScaler? scaler)
    {
        using var optimizing = Enter(StepPhase.Optimizer);
        if (scaler is not null && !scaler.Unscale(network.Network)) return;
        network.BeforeStep();
        if (!numbers.AreDeferred) numbers.Guard.CheckGradients(step, name, network.Network);
        optimizer.Apply();
        network.AfterStep();
        iterations.WeightsChanged();
    }
}
