namespace Atelier.Data;

/// <summary>What packing did.</summary>
/// <param name="Info">The dataset that was written.</param>
/// <param name="Skipped">The images that were left out, in the order of the source.</param>
/// <param name="IgnoredFiles">Files that were passed over because nothing says that they are images.</param>
/// <param name="Resumed">Whether it went on from what an interrupted call had left.</param>
public sealed record PackReport(
    DatasetInfo Info, IReadOnlyList<Offender> Skipped, int IgnoredFiles, bool Resumed);
