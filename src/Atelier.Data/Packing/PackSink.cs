using System.Runtime.InteropServices;

namespace Atelier.Data;

/// <summary>
/// Takes images in their order and makes the packed files of them: one, or shards and their index. Files lie
/// in a folder of their own until the dataset is whole.
/// </summary>
internal sealed class PackSink(string folder, PackLayout layout, bool sharded) : IDisposable
{
    private readonly List<int> labels = [];
    private readonly List<SplitInfo> splits = [];
    private readonly List<SplitInfo> fileSplits = [];
    private readonly List<ShardEntry> shards = [];
    private readonly ContentHasher splitHasher = new();
    private readonly ContentHasher fileHasher = new();
    private PackedFileWriter? writer;
    private string? split;
    private int splitStart;
    private int fileStart;
    private int partStart;
    private int skippedBefore;
    private int skippedInShards;

    /// <summary>Images so far.</summary>
    public int Count => labels.Count;

    /// <summary>The label of every image so far.</summary>
    public IReadOnlyList<int> Labels => labels;

    /// <summary>The splits that are finished.</summary>
    public IReadOnlyList<SplitInfo> Splits => splits;

    /// <summary>The file that the images of a single-file dataset lie in.</summary>
    public string FirstFile => PathOf(0);

    /// <summary>Begins the next split; the one before must have been ended.</summary>
    public void BeginSplit(string name) => (split, splitStart, partStart) = (name, Count, Count);

    /// <summary>Appends images of the split.</summary>
    /// <param name="pixels">Their planes, one after another.</param>
    /// <param name="imageLabels">Their labels.</param>
    /// <param name="done">How many images of the source were looked at until now; the others of them were
    /// left out.</param>
    /// <param name="write">False when the pixels are in their file already.</param>
    public void Append(ReadOnlySpan<byte> pixels, ReadOnlySpan<int> imageLabels, int done, bool write)
    {
        while (imageLabels.Length > 0)
        {
            if (Count - fileStart == layout.ImagesPerFile)
                FinishFile(skippedBefore);
            var place = Count - fileStart;
            var taken = Math.Min(imageLabels.Length, layout.ImagesPerFile - place);
            var part = pixels[..(taken * layout.ImageBytes)];
            writer ??= new PackedFileWriter(PathOf(shards.Count), layout);
            if (write)
                writer.Write(place, part);
            splitHasher.AppendPixels(part);
            if (sharded)
                fileHasher.AppendPixels(part);
            labels.AddRange(imageLabels[..taken]);
            pixels = pixels[part.Length..];
            imageLabels = imageLabels[taken..];
        }

        skippedBefore = done - Count;
    }

    /// <summary>Ends the split.</summary>
    public void EndSplit()
    {
        EndPart();
        var own = Span(splitStart);
        splits.Add(new SplitInfo(split!, splitStart, own.Length, layout.Finish(splitHasher, own)));
        split = null;
    }

    /// <summary>Reads back pixels that an earlier call wrote, from the next image on.</summary>
    /// <returns>False when there are not so many.</returns>
    public bool TryReadBack(Span<byte> pixels)
    {
        var first = Count;
        while (pixels.Length > 0)
        {
            var (file, place) = Math.DivRem(first, layout.ImagesPerFile);
            var taken = Math.Min(pixels.Length / layout.ImageBytes, layout.ImagesPerFile - place);
            var part = pixels[..(taken * layout.ImageBytes)];
            if (!File.Exists(PathOf(file)))
                return false;
            using var stream = new FileStream(PathOf(file), FileMode.Open, FileAccess.Read,
                FileShare.ReadWrite, 0);
            stream.Position = layout.PixelsOffset + ((long)place * layout.ImageBytes);
            if (stream.ReadAtLeast(part, part.Length, throwOnEndOfStream: false) < part.Length)
                return false;
            pixels = pixels[part.Length..];
            first += taken;
        }

        return true;
    }

    /// <summary>Finishes the last file, and writes the index where there are shards.</summary>
    public void Complete(int skipped)
    {
        FinishFile(skipped);
        if (sharded)
            ShardIndexFile.Write(folder, layout.Index(Count, splits, skipped, shards));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        writer?.Dispose();
        splitHasher.Dispose();
        fileHasher.Dispose();
    }

    private string PathOf(int file) => Path.Combine(folder, ShardIndex.FileNameOf(file));

    private ReadOnlySpan<int> Span(int start)
        => CollectionsMarshal.AsSpan(labels)[start..];

    /// <summary>Ends what the current file has of the current split.</summary>
    private void EndPart()
    {
        var part = Span(partStart);
        if (sharded && part.Length > 0)
        {
            fileSplits.Add(new SplitInfo(split!, partStart - fileStart, part.Length,
                layout.Finish(fileHasher, part)));
        }

        partStart = Count;
    }

    private void FinishFile(int skipped)
    {
        if (split is not null)
            EndPart();
        var parts = sharded ? fileSplits : splits;
        var count = Count - fileStart;
        var header = layout.Header(count, [.. parts], sharded ? skipped - skippedInShards : skipped);
        writer!.Finish(header, Span(fileStart));
        writer.Dispose();
        writer = null;
        skippedInShards = skipped;
        shards.Add(new ShardEntry(ShardIndex.FileNameOf(shards.Count), count, header.ContentHash));
        fileSplits.Clear();
        fileStart = Count;
    }
}
