namespace Atelier.Gan.Import;

/// <summary>A tensor of another shape than the config makes it.</summary>
/// <param name="Source">Its name in the checkpoint.</param>
/// <param name="Name">Its name in Atelier.</param>
/// <param name="Stored">The shape in the checkpoint.</param>
/// <param name="Expected">The shape that the config makes it.</param>
public sealed record ShapeDifference(
    string Source, string Name, IReadOnlyList<long> Stored, IReadOnlyList<long> Expected)
{
    /// <inheritdoc/>
    public override string ToString() =>
        $"{Source} is [{string.Join(", ", Stored)}], and the config makes it [{string.Join(", ", Expected)}]";
}
