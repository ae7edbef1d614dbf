namespace Atelier.Gan.Import;

/// <summary>How the tensors of another program's network become those of a network here.</summary>
/// <param name="Rename">The name here of a name there.</param>
/// <param name="IsHarmless">Whether a tensor without a place here has no part in evaluation.</param>
internal sealed record NameMapping(Func<string, string> Rename, Func<string, bool> IsHarmless)
{
    /// <summary>Changes to the tensors before they are renamed; nothing unless set.</summary>
    public Func<IReadOnlyList<KeyValuePair<string, ForeignTensor>>, IEnumerable<KeyValuePair<string,
        ForeignTensor>>>
        Prepare { get; init; } = static tensors => tensors;
}
