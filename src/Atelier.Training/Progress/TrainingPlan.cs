namespace Atelier.Training.Progress;

/// <summary>What a run is about to do, for display before it starts.</summary>
/// <param name="RunFolder">Run directory.</param>
/// <param name="RecipeName">Name of the recipe.</param>
/// <param name="StartStep">Steps already done (0 for a fresh run).</param>
/// <param name="TotalSteps">Steps of the whole run.</param>
/// <param name="ImagesPerStep">Real images a step.</param>
/// <param name="Dataset">Dataset in words: name, images, classes.</param>
/// <param name="Device">Device in words.</param>
/// <param name="Precision">Number format settled on, such as <c>bf16</c>.</param>
/// <param name="GeneratorParameters">Count of the generator's weights.</param>
/// <param name="DiscriminatorParameters">Count of the discriminator's weights.</param>
public sealed record TrainingPlan(
    string RunFolder,
    string RecipeName,
    long StartStep,
    long TotalSteps,
    long ImagesPerStep,
    string Dataset,
    string Device,
    string Precision,
    long GeneratorParameters,
    long DiscriminatorParameters);
