using Atelier.Gan.BigGan;
using Atelier.Gan.BigGanDeep;

namespace Atelier.Gan;

/// <summary>The architectures by name.</summary>
public static class FamilyCatalogue
{
    private static readonly IGanFamily[] All = [new BigGanFamily(), new BigGanDeepFamily()];

    /// <summary>The names that recipes and model files may use.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(static family => family.Name)];

    /// <summary>The architecture of a name.</summary>
    /// <exception cref="AtelierException">There is none.</exception>
    public static IGanFamily Find(string name) =>
        All.FirstOrDefault(family => family.Name == name) ?? throw new AtelierException(
            FailureKind.Checkpoint,
            $"There is no architecture '{name}' in this version; it knows {string.Join(", ", Names)}. A " +
            "newer Atelier " +
            "may have made the file.");
}
