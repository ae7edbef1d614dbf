namespace Atelier.Data;

/// <summary>Reads every pixel of a packed dataset once and compares all hashes.</summary>
internal sealed class DatasetVerifier(
    string path, DatasetFacts facts, IReadOnlyList<PackedFile> files, ShardPool pool)
{
    private const int BlockImages = 1024;

    private readonly int imageBytes = facts.Channels * facts.Height * facts.Width;

    /// <exception cref="AtelierException">Kind Dataset: the content is not what was packed.</exception>
    public void Verify(IProgress<PackProgress>? progress, CancellationToken cancel)
    {
        int[] labels = [.. files.SelectMany(file => file.Labels)];
        foreach (var split in facts.Splits)
        {
            var own = labels.AsSpan(split.Start, split.Count);
            var hash = Hash(split.Start, split.Count, own, progress, cancel);
            if (hash != split.ContentHash)
            {
                throw Damaged(DamagedShard(cancel)
                    ?? $"split '{split.Name}' has hash {hash}, its header says {split.ContentHash}");
            }
        }

        if (ContentHasher.Combine(facts.Splits) is var whole && whole != facts.ContentHash)
            throw Damaged($"its splits give hash {whole}, its header says {facts.ContentHash}");
        progress?.Report(new PackProgress("verify", facts.Count, facts.Count));
    }

    private string Hash(int start, int count, ReadOnlySpan<int> labels, IProgress<PackProgress>? progress,
        CancellationToken cancel)
    {
        using var hasher = new ContentHasher();
        var image = new byte[imageBytes];
        for (var index = 0; index < count; index++)
        {
            pool.Copy(start + index, image);
            hasher.AppendPixels(image);
            if (index % BlockImages != 0)
                continue;
            cancel.ThrowIfCancellationRequested();
            progress?.Report(new PackProgress("verify", start + index, facts.Count));
        }

        return hasher.Finish(labels, facts.ClassNames, facts.Channels, facts.Height, facts.Width);
    }

    /// <summary>Which shard it is, once a split is known to be damaged; null for a single file.</summary>
    private string? DamagedShard(CancellationToken cancel)
    {
        var first = 0;
        foreach (var file in files.Count > 1 ? files : [])
        {
            foreach (var split in file.Header.Splits)
            {
                var labels = file.Labels.AsSpan(split.Start, split.Count);
                if (Hash(first + split.Start, split.Count, labels, null, cancel) != split.ContentHash)
                    return $"{Path.GetFileName(file.Path)} does not hold what was packed";
            }

            first += file.Header.Count;
        }

        return null;
    }

    private AtelierException Damaged(string what)
        => new(FailureKind.Dataset, $"'{path}' is damaged: {what}. Make it again with 'atelier data pack'.");
}
