using Atelier.Torch;

namespace Atelier.Gan.Import;

/// <summary>
/// Weights under torch.nn.utils.spectral_norm, which keeps `weight_orig`, `weight_u` and `weight_v` and in
/// evaluation uses weight_orig / (uᵀ W v) without any iteration. The quotient is taken once, at import.
/// </summary>
internal static class SpectralFold
{
    private const string Weight = ".weight";
    private const string Original = ".weight_orig";

    /// <summary>The tensors with each triple replaced by one weight of the same shape.</summary>
    public static IEnumerable<KeyValuePair<string, ForeignTensor>> Fold(
        IReadOnlyList<KeyValuePair<string, ForeignTensor>> tensors)
    {
        var byName = tensors.ToDictionary(StringComparer.Ordinal);
        var layers = tensors.Select(static t => t.Key)
            .Where(static n => n.EndsWith(Original, StringComparison.Ordinal))
            .Select(static n => n[..^Original.Length])
            .Where(n => Fits(byName, n))
            .ToHashSet(StringComparer.Ordinal);
        foreach (var (name, tensor) in tensors)
        {
            var dot = name.LastIndexOf('.');
            var layer = dot < 0 ? "" : name[..dot];
            if (!layers.Contains(layer)) yield return KeyValuePair.Create(name, tensor);
            else if (name[dot..] == Original)
                yield return KeyValuePair.Create(layer + Weight, Folded(byName, layer, tensor));
            else if (name[dot..] is not (".weight_u" or ".weight_v"))
                yield return KeyValuePair.Create(name, tensor);
        }
    }

    private static bool Fits(Dictionary<string, ForeignTensor> byName, string layer)
    {
        var shape = byName[layer + Original].Shape;
        if (shape.Count < 2) return false;
        var inputs = shape.Skip(1).Aggregate(1L, static (a, b) => a * b);
        return byName.TryGetValue(layer + ".weight_u", out var u) && u.Shape.SequenceEqual([shape[0]]) &&
            byName.TryGetValue(layer + ".weight_v", out var v) && v.Shape.SequenceEqual([inputs]);
    }

    private static ForeignTensor Folded(
        Dictionary<string, ForeignTensor> byName, string layer, ForeignTensor original) =>
        original.Then(original.Shape, weight =>
        {
            var u = byName[layer + ".weight_u"].Read();
            var v = byName[layer + ".weight_v"].Read();
            return weight / u.Dot(weight.Flatten(1).Mv(v));
        });
}
