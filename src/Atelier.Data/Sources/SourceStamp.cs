namespace Atelier.Data;

/// <summary>
/// The state of the file that an image comes from: an image of a folder has its own, those of an archive
/// share the archive's.
/// </summary>
/// <param name="Bytes">The size of the file.</param>
/// <param name="ModifiedTicks">When it was last changed, in ticks of UTC.</param>
public readonly record struct SourceStamp(long Bytes, long ModifiedTicks);
