namespace Atelier.Gan.Import;

/// <summary>How the weights of one file fit the network that a config describes.</summary>
/// <param name="Network">"generator", "ema" or "discriminator".</param>
/// <param name="File">The checkpoint.</param>
/// <param name="Matched">Tensors that fit and were taken.</param>
/// <param name="Ignored">Names of buffers that have no part in evaluation, such as counters.</param>
/// <param name="Missing">Names, as Atelier calls them, that the network has and the file lacks.</param>
/// <param name="Unexpected">Names that only the file has.</param>
/// <param name="WrongShape">Names in both whose shapes differ, with both shapes.</param>
public sealed record NetworkReport(
    string Network, string File, int Matched, IReadOnlyList<string> Ignored, IReadOnlyList<string> Missing,
    IReadOnlyList<string> Unexpected, IReadOnlyList<ShapeDifference> WrongShape)
{
    /// <summary>Whether every tensor of the network was found, and nothing else.</summary>
    public bool IsClean => Missing.Count + Unexpected.Count + WrongShape.Count == 0;
}
