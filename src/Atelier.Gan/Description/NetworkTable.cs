using Atelier.Nn;
using Atelier.Torch;

namespace Atelier.Gan;

/// <summary>
/// The layers of a network in the order in which they run, written down while one image goes through it
/// (see <see cref="LayerTrace"/>).
/// Operations are those of the convolutions and matrix products that the layers stand for (kernels may find
/// the same sums with fewer), a multiplication and an addition counted as two; normalisations, activations, resampling and power iterations are not counted.
/// </summary>
/// <param name="Rows">The layers: normalisations and self-attention are one row each, with what is in
/// them.</param>
/// <param name="Parameters">Learnable numbers of the whole network.</param>
/// <param name="Flops">Operations of one image through the whole network.</param>
public sealed record NetworkTable(IReadOnlyList<LayerRow> Rows, long Parameters, double Flops)
{
    /// <summary>Traces a generator; its mode stays.</summary>
    public static NetworkTable Of(GeneratorNetwork generator) =>
        Trace(generator, () => generator.Generate(
            Tensor.Zeros([1, generator.LatentSize]), Tensor.Zeros([1], DType.Int64)));

    /// <summary>Traces a discriminator for images of a generator; its mode stays.</summary>
    public static NetworkTable Of(DiscriminatorNetwork discriminator, GeneratorNetwork generator) =>
        Trace(discriminator, () => discriminator.Discriminate(
            Tensor.Zeros(
                [1, generator.ImageChannels, generator.ImageSize.Height, generator.ImageSize.Width]),
            Tensor.Zeros([1], DType.Int64)));

    private static NetworkTable Trace(Module network, Action run)
    {
        using var noGrad = new NoGradScope();
        using var scope = new TensorScope();
        using var trace = new LayerTrace();
        var wasTraining = network.IsTraining;
        network.Train(false);
        run();
        network.Train(wasTraining);
        var rows = RowsOf(network, trace.Calls);
        return new NetworkTable(rows, network.ParameterCount(), rows.Sum(static row => row.Flops));
    }

    /// <summary>A call inside another recorded layer counts for that one.</summary>
    private static List<LayerRow> RowsOf(Module network, IReadOnlyList<LayerCall> calls)
    {
        var paths = network.Modules().ToDictionary(static m => m.Module, static m => m.Path);
        var recorded = calls.Select(call => paths[call.Layer]).ToHashSet(StringComparer.Ordinal);
        return [.. calls.GroupBy(call => Outermost(paths[call.Layer], recorded)).Select(group =>
        {
            var own = group.Last(call => paths[call.Layer] == group.Key);
            return new LayerRow(
                group.Key, own.Layer.GetType().Name, [.. own.OutputShape.Skip(1)],
                own.Layer.ParameterCount(), group.Sum(static call => call.Flops));
        })];
    }

    private static string Outermost(string path, HashSet<string> recorded)
    {
        for (var dot = path.IndexOf('.', StringComparison.Ordinal); dot >= 0;
            dot = path.IndexOf('.', dot + 1))
            if (recorded.Contains(path[..dot])) return path[..dot];
        return path;
    }
}
