namespace Atelier.Data;

/// <summary>One shard in the index of a sharded dataset.</summary>
/// <param name="File">Its name in the folder of the index: <see cref="ShardIndex.FileNameOf"/>.</param>
/// <param name="Count">Its images, at least 1.</param>
/// <param name="ContentHash">The content hash in the shard's own header.</param>
internal sealed record ShardEntry(string File, int Count, string ContentHash);
