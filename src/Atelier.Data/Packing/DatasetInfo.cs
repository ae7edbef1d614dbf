namespace Atelier.Data;

/// <summary>What a packed dataset is.</summary>
/// <param name="Path">The file, or the folder of the shards.</param>
/// <param name="Count">Images over all splits.</param>
/// <param name="Channels">1 grey, 3 RGB.</param>
/// <param name="Height">Rows.</param>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Classes">The classes with their counts.</param>
/// <param name="Splits">The splits with their counts and hashes.</param>
/// <param name="ContentHash">SHA-256 in lower-case hex over the names and hashes of all splits.</param>
/// <param name="Resizer">What brought the images to their size; a part of metric protocols.</param>
/// <param name="Source">Where they came from.</param>
/// <param name="Skipped">Bad images that were left out.</param>
/// <param name="FileBytes">The size of the file, or of all shards.</param>
/// <param name="Shards">Files that the images lie in: 1, or the shards.</param>
public sealed record DatasetInfo(
    string Path, int Count, int Channels, int Height, int Width, IReadOnlyList<ClassInfo> Classes,
    IReadOnlyList<SplitInfo> Splits, string ContentHash, string Resizer, string Source, int Skipped,
    long FileBytes, int Shards);
