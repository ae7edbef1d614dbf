using Atelier.Nn;
using Atelier.Torch;

namespace Atelier.Gan.Import;

/// <summary>Puts foreign tensors into a network, all or none.</summary>
internal static class NetworkLoader
{
    /// <summary>
    /// Compares names and shapes, and when all fit overwrites the network's state; it ends in evaluation
    /// mode.
    /// </summary>
    /// <param name="network">The network that the config describes.</param>
    /// <param name="role">What the report calls it.</param>
    /// <param name="weights">Where the tensors come from.</param>
    /// <param name="mapping">What each tensor is called here.</param>
    public static NetworkReport Load(
        Module network, string role, ForeignWeights weights, NameMapping mapping)
    {
        var wanted = network.State();
        var byName =
            wanted.ToDictionary(static w => w.Name, static w => w.Tensor.Shape, StringComparer.Ordinal);
        var found = new Dictionary<string, ForeignTensor>(StringComparer.Ordinal);
        var ignored = new List<string>();
        var unexpected = new List<string>();
        var wrong = new List<ShapeDifference>();
        foreach (var (source, tensor) in mapping.Prepare(weights.Tensors))
        {
            var name = mapping.Rename(source);
            if (!byName.TryGetValue(name, out var shape) || !found.TryAdd(name, tensor))
                (mapping.IsHarmless(source) ? ignored : unexpected).Add(source);
            else if (!tensor.Shape.SequenceEqual(shape))
                wrong.Add(new ShapeDifference(source, name, tensor.Shape, shape));
        }

        var report = new NetworkReport(
            role, weights.Path, found.Count - wrong.Count, ignored,
            [.. wanted.Select(static w => w.Name).Where(n => !found.ContainsKey(n))], unexpected, wrong);
        if (report.IsClean) Fill(wanted, found);
        network.Train(false);
        return report;
    }

    private static void Fill(IReadOnlyList<NamedTensor> wanted, Dictionary<string, ForeignTensor> found)
    {
        using var noGrad = new NoGradScope();
        foreach (var (name, tensor) in wanted)
        {
            using var scope = new TensorScope();
            tensor.CopyInPlace(found[name].Read());
        }
    }
}
