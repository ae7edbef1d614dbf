namespace Atelier.Metrics;

/// <summary>What became of an import.</summary>
/// <param name="Network">Name of the network.</param>
/// <param name="Path">The file that was written.</param>
/// <param name="Source">Name of the file that the weights came from.</param>
/// <param name="SourceSha256">SHA-256 of that file.</param>
/// <param name="KnownAs">The published file that it is, or null.</param>
/// <param name="WeightsSha256">SHA-256 over the weights, as protocols name it.</param>
/// <param name="Report">How names and shapes fitted.</param>
public sealed record ImportedNetwork(
    string Network, string Path, string Source, string SourceSha256, string? KnownAs, string WeightsSha256,
    StateReport Report);
