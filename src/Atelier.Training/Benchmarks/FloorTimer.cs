using System.Diagnostics;
using Atelier.Nn;
using Atelier.Torch;
using Atelier.Training.Loop;

namespace Atelier.Training.Benchmarks;

/// <summary>
/// Times the operations of a floor one by one through plain ATen, convolutions channels-last; each distinct
/// one once, as the median of a few runs after a first one.
/// </summary>
/// <param name="precision">The numbers that they run in.</param>
/// <param name="device">Where they run.</param>
/// <param name="cancel">Stops between operations.</param>
public sealed class FloorTimer(
    Precision precision, Device device, CancellationToken cancel = default)
{
    private const int LeastRuns = 3;
    private const int MostRuns = 25;
    private static readonly TimeSpan LeastTime = TimeSpan.FromMilliseconds(30);
    private readonly Action? settle = DeviceWork.WaitOn(device);
    private readonly Dictionary<(FloorOperation, FloorPass), double> known = [];

    /// <summary>Seconds of a plan by phase.</summary>
    public IReadOnlyDictionary<StepPhase, double> Seconds(IReadOnlyList<FloorEntry> plan) =>
        plan.GroupBy(static entry => entry.Phase).ToDictionary(
            static phase => phase.Key, phase => phase.Sum(entry => entry.Count * Seconds(entry)));

    private double Seconds(FloorEntry entry)
    {
        var key = (entry.Operation, entry.Pass);
        if (known.TryGetValue(key, out var seconds)) return seconds;
        cancel.ThrowIfCancellationRequested();
        return known[key] = Measure(entry.Operation, entry.Pass);
    }

    private double Measure(FloorOperation operation, FloorPass pass)
    {
        using var scope = new TensorScope();
        using var random = new Generator(Device.Cpu, 1);
        var dtype = precision switch
        {
            Precision.BFloat16 => DType.BFloat16,
            Precision.Float16 => DType.Float16,
            _ => DType.Float32,
        };
        var (input, weight) = operation.Operands(random, dtype);
        (input, weight) = (input.To(device, dtype), weight.To(device, dtype));
        if (pass == FloorPass.Forward)
        {
            using var noGrad = new NoGradScope();
            return Time(() => operation.Run(input, weight));
        }

        Tensor[] wanted = pass switch
        {
            FloorPass.InputGradient => [input],
            FloorPass.WeightGradient => [weight],
            _ => [input, weight],
        };
        foreach (var leaf in wanted) leaf.RequiresGrad = true;
        var output = operation.Run(input, weight);
        var gradient = operation.OutputGradient(output);
        return Time(() => Autograd.Grad([output], wanted, [gradient], retainGraph: true));
    }

    private double Time(Action run)
    {
        var runs = new List<double>();
        var all = Stopwatch.StartNew();
        for (var k = 0; k <= MostRuns && (k <= LeastRuns || all.Elapsed < LeastTime); k++)
        {
            using var scope = new TensorScope();
            settle?.Invoke();
            var start = Stopwatch.GetTimestamp();
            run();
            settle?.Invoke();
            if (k > 0) runs.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return Median.Of(runs);
    }
}
