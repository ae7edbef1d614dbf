using Atelier.Nn;

namespace Atelier.Gan;

/// <summary>
/// The layers of a network in the order in which they run, written down while one image goes through it
/// (see <see cref="LayerTrace"/>).
/// Operations are those of the convolutions and matrix products that the layers stand for (kernels may find
/// the same sums with fewer), a multiplication and an addition counted as two; normalisations, activations,
/// resampling and power iterations are not counted.
/// </summary>
/// <param name="Rows">The layers: normalisations and self-attention are one row each, with what is in
/// them.</param>
/// <param name="Parameters">Learnable numbers of the whole network.</param>
/// <param name="Flops">Operations of one image through the whole network.</param>
public sealed record NetworkTable(IReadOnlyList<LayerRow> Rows, long Parameters, double Flops)
{
    /// <summary>Traces a generator; its mode stays.</summary>
    public static NetworkTable Of(GeneratorNetwork generator) => Of(generator, NetworkTrace.Of(generator));

    /// <summary>Traces a discriminator for images of a generator; its mode stays.</summary>
    public static NetworkTable Of(DiscriminatorNetwork discriminator, GeneratorNetwork generator) =>
        Of(discriminator, NetworkTrace.Of(discriminator, generator));

    private static NetworkTable Of(Module network, IReadOnlyList<LayerCall> calls)
    {
        var rows = RowsOf(network, calls);
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
