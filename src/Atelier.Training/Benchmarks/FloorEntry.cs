using Atelier.Training.Loop;

namespace Atelier.Training.Benchmarks;

/// <summary>An operation of a step's floor.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Pass">What of it is computed.</param>
/// <param name="Phase">The phase of the step that it belongs to.</param>
/// <param name="Count">How often in one step.</param>
public sealed record FloorEntry(FloorOperation Operation, FloorPass Pass, StepPhase Phase, int Count)
{
    /// <summary>Floating point operations of all of them together.</summary>
    public double Flops => Count * Operation.Flops * (Pass == FloorPass.BothGradients ? 2 : 1);
}
