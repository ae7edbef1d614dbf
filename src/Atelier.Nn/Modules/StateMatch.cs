using Atelier.Torch;

namespace Atelier.Nn;

/// <summary>How the names and shapes of stored tensors fit a module.</summary>
/// <param name="Missing">Names that the module has and the source lacks.</param>
/// <param name="Unexpected">Names that only the source has.</param>
/// <param name="WrongShape">Names in both with different shapes, with the two shapes.</param>
public sealed record StateMatch(
    IReadOnlyList<string> Missing, IReadOnlyList<string> Unexpected, IReadOnlyList<string> WrongShape)
{
    private const int Shown = 5;

    /// <summary>Compares a module's state with stored tensors.</summary>
    public static StateMatch Of(IReadOnlyList<NamedTensor> wanted, IReadOnlyDictionary<string, Tensor> source)
    {
        var names = wanted.Select(static w => w.Name).ToHashSet(StringComparer.Ordinal);
        return new StateMatch(
            [.. wanted.Where(w => !source.ContainsKey(w.Name)).Select(static w => w.Name)],
            [.. source.Keys.Where(k => !names.Contains(k))],
            [.. wanted
                .Where(w => source.TryGetValue(w.Name, out var s) && !s.Shape.SequenceEqual(w.Tensor.Shape))
                .Select(w => $"{w.Name} (stored {Text(source[w.Name])}, expected {Text(w.Tensor)})")]);
    }

    /// <summary>Throws one sentence with all differences.</summary>
    /// <exception cref="AtelierException">There is a difference.</exception>
    public void ThrowIfAny()
    {
        if (Missing.Count + Unexpected.Count + WrongShape.Count == 0) return;
        throw new AtelierException(
            FailureKind.Checkpoint,
            "The stored weights are of another model:" +
            Part("missing", Missing) + Part("unexpected", Unexpected) + Part("of another shape", WrongShape) +
            " Use the model and recipe that the weights were made with.");
    }

    private static string Text(Tensor tensor) => $"[{string.Join(", ", tensor.Shape)}]";

    private static string Part(string what, IReadOnlyList<string> names)
    {
        if (names.Count == 0) return "";
        var rest = names.Count > Shown ? $" and {names.Count - Shown} more" : "";
        return $" {names.Count} {what}: {string.Join(", ", names.Take(Shown))}{rest}.";
    }
}
