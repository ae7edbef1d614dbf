namespace Atelier.Training.Loop;

/// <summary>What a step tells of itself; the mean over its passes.</summary>
internal enum StepNumber
{
    DiscriminatorLoss,
    OnReal,
    OnFake,
    GeneratorLoss,
}
