namespace Atelier.Training.Benchmarks;

/// <summary>Seconds of one training step by phase; together they are the step.</summary>
/// <param name="Data">Real images, read and turned into tensors.</param>
/// <param name="GeneratorForward">The generator inside the discriminator's updates.</param>
/// <param name="DiscriminatorForward">The discriminator and its loss, in its own updates.</param>
/// <param name="DiscriminatorBackward">Back through them.</param>
/// <param name="Generator">The generator's update, without its optimiser.</param>
/// <param name="Optimizer">Both optimisers and the regularisers of weights.</param>
/// <param name="Ema">The moving average of the generator.</param>
/// <param name="Other">What stands in none of these.</param>
public sealed record PhaseSeconds(
    double Data, double GeneratorForward, double DiscriminatorForward, double DiscriminatorBackward,
    double Generator, double Optimizer, double Ema, double Other)
{
    /// <summary>Of the whole step.</summary>
    public double Total() => Data + GeneratorForward + DiscriminatorForward + DiscriminatorBackward +
        Generator + Optimizer + Ema + Other;
}
