using Atelier.Nn;

namespace Atelier.Training.Recipes;

/// <summary>
/// The optimisation. One step is one generator update with the discriminator updates before it.
/// </summary>
/// <param name="Steps">Steps of the whole run.</param>
/// <param name="BatchSize">Images in one forward pass.</param>
/// <param name="Accumulation">Batches whose gradients are averaged into one update.</param>
/// <param name="DiscriminatorSteps">Discriminator updates a step.</param>
/// <param name="Precision">Number format of the heavy operators.</param>
/// <param name="Seed">Seed of weights, latents and data order.</param>
/// <param name="Generator">Adam of the generator.</param>
/// <param name="Discriminator">Adam of the discriminator.</param>
/// <param name="LearningRateDecay">How both learning rates fall.</param>
/// <param name="LearningRateDecayStart">Share of the run, in [0, 1), after which they begin to fall.</param>
/// <param name="Ema">Moving average of the generator's weights.</param>
/// <param name="Regularisation">What is asked of the networks besides.</param>
public sealed record TrainingSettings(
    int Steps,
    int BatchSize,
    int Accumulation,
    int DiscriminatorSteps,
    TrainingPrecision Precision,
    long Seed,
    AdamOptions Generator,
    AdamOptions Discriminator,
    LearningRateDecay LearningRateDecay,
    double LearningRateDecayStart,
    EmaSettings Ema,
    RegularisationSettings Regularisation)
{
    /// <summary>
    /// Whether a step on a GPU is recorded as a CUDA graph and replayed, so that its operators are launched
    /// together.
    /// </summary>
    public bool CudaGraph { get; init; }

    /// <summary>Real images shown to the discriminator in one step.</summary>
    public long ImagesPerStep => (long)BatchSize * Accumulation * DiscriminatorSteps;

    /// <summary>Share of the run at a step, counted from 1: 0 in the first and 1 in the last.</summary>
    public double Progress(long step) => Steps == 1 ? 1 : Math.Clamp((step - 1.0) / (Steps - 1.0), 0, 1);

    /// <summary>
    /// Factor on both learning rates in step <paramref name="step"/>, counted from 1: 1 in the first.
    /// </summary>
    public double LearningRateFactor(long step) => LearningRateDecay switch
    {
        LearningRateDecay.Linear => Math.Clamp(
            (1.0 - (step - 1.0) / Steps) / (1.0 - LearningRateDecayStart), 0.0, 1.0),
        _ => 1.0,
    };
}
