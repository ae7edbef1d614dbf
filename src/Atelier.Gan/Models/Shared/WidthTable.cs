namespace Atelier.Gan;

/// <summary>Which multiples of the channel unit an architecture has at which resolution.</summary>
/// <param name="family">The architecture, as messages name it.</param>
/// <param name="multiples">By resolution: those of G, and those of D.</param>
internal sealed class WidthTable(
    string family, IReadOnlyDictionary<int, (int[] Generator, int[] Discriminator)> multiples)
{
    /// <summary>The widths of both networks, each by the table or by the options' own list.</summary>
    /// <exception cref="AtelierException">The resolution has no plan, or a list has a wrong
    /// length.</exception>
    public (IReadOnlyList<int> Generator, IReadOnlyList<int> Discriminator) Of(ArchitectureOptions options)
    {
        if (!multiples.TryGetValue(options.Resolution, out var reference))
            throw new AtelierException(
                FailureKind.Usage,
                $"{family} has no plan for {options.Resolution} px; expected one of " +
                $"{string.Join(", ", multiples.Keys)}.");
        return (
            Multiples("generator", options.GeneratorWidths, reference.Generator, options.GeneratorChannels),
            Multiples(
                "discriminator", options.DiscriminatorWidths, reference.Discriminator,
                options.DiscriminatorChannels));
    }

    private static int[] Multiples(
        string network, IReadOnlyList<int>? chosen, int[] reference, int unit)
    {
        if (chosen is not null && (chosen.Count != reference.Length || chosen.Any(static w => w < 1)))
            throw new AtelierException(
                FailureKind.Usage,
                $"The {network} widths are [{string.Join(", ", chosen)}]; at this resolution " +
                $"{reference.Length} positive multiples are needed, for instance " +
                $"[{string.Join(", ", reference)}].");
        return [.. (chosen ?? reference).Select(w => w * unit)];
    }
}
