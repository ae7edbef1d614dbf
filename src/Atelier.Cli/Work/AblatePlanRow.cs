namespace Atelier.Cli.Work;

/// <summary>What a row costs.</summary>
/// <param name="Name">"baseline", or what is changed.</param>
/// <param name="GeneratorParameters">Weights of the generator.</param>
/// <param name="DiscriminatorParameters">Weights of the discriminator.</param>
/// <param name="SecondsPerStep">One step.</param>
internal sealed record AblatePlanRow(
    string Name, long GeneratorParameters, long DiscriminatorParameters, double SecondsPerStep);
