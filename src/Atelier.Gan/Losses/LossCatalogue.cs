namespace Atelier.Gan;

/// <summary>The adversarial losses by name.</summary>
public static class LossCatalogue
{
    private static readonly (string Name, Func<LossOptions, IAdversarialLoss> Create)[] All =
    [
        ("hinge", static options => new HingeLoss(options.Margin)),
    ];

    /// <summary>The names that recipes may use.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(static loss => loss.Name)];

    /// <summary>The loss of a name.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="options">Its numbers; null for the usual ones.</param>
    /// <exception cref="AtelierException">There is none.</exception>
    public static IAdversarialLoss Find(string name, LossOptions? options = null)
    {
        foreach (var (known, create) in All)
            if (known == name) return create(options ?? new LossOptions());
        throw new AtelierException(
            FailureKind.Usage, $"There is no loss '{name}'; expected one of {string.Join(", ", Names)}.");
    }
}
