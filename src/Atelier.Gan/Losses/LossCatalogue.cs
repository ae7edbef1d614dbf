namespace Atelier.Gan;

/// <summary>The adversarial losses by name.</summary>
public static class LossCatalogue
{
    private static readonly IAdversarialLoss[] All = [new HingeLoss()];

    /// <summary>The names that recipes may use.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(static loss => loss.Name)];

    /// <summary>The loss of a name.</summary>
    /// <exception cref="AtelierException">There is none.</exception>
    public static IAdversarialLoss Find(string name) =>
        All.FirstOrDefault(loss => loss.Name == name) ?? throw new AtelierException(
            FailureKind.Usage, $"There is no loss '{name}'; expected one of {string.Join(", ", Names)}.");
}
