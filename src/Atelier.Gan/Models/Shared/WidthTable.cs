namespace Atelier.Gan;

/// <summary>Which multiples of the channel unit an architecture has at which size.</summary>
/// <param name="multiples">By <see cref="ShapePlan.Size"/>: those of G, and those of D.</param>
internal sealed class WidthTable(
    IReadOnlyDictionary<int, (int[] Generator, int[] Discriminator)> multiples)
{
    /// <summary>The widths of both networks, each by the table or by the options' own list.</summary>
    /// <exception cref="AtelierException">A list has a wrong length.</exception>
    public (IReadOnlyList<int> Generator, IReadOnlyList<int> Discriminator) Of(
        ArchitectureOptions options, ShapePlan shape)
    {
        var reference = multiples[shape.Size];
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
