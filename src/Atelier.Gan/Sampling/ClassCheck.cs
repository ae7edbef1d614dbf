using Atelier.Text;

namespace Atelier.Gan;

/// <summary>Class ids against the classes of a model.</summary>
internal static class ClassCheck
{
    private const int Shown = 10;

    /// <summary>Fails when a class id is not one of the model's.</summary>
    /// <exception cref="AtelierException">It is not (Usage).</exception>
    public static void Require(ModelCard card, IEnumerable<long> classes)
    {
        var count = card.ClassNames.Count;
        foreach (var id in classes)
            if (id < 0 || id >= count)
                throw new AtelierException(
                    FailureKind.Usage,
                    $"Class {id} does not exist: the model has {Counted.Of(count, "class")}, 0 to " +
                    $"{count - 1} " +
                    $"({string.Join(", ", card.ClassNames.Take(Shown))}{(count > Shown ? ", …" : "")}).");
    }
}
