namespace Atelier.Training.Loop;

/// <summary>What one step saw.</summary>
/// <param name="LossDiscriminator">Mean over the D updates.</param>
/// <param name="LossGenerator">Of the G update.</param>
/// <param name="DReal">Mean logit of real images.</param>
/// <param name="DFake">Mean logit of generated images.</param>
public readonly record struct StepResult(
    double LossDiscriminator, double LossGenerator, double DReal, double DFake);
