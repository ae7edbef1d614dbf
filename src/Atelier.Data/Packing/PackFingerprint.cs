using System.Security.Cryptography;
using System.Text;

namespace Atelier.Data;

/// <summary>
/// What an unfinished packing was made of: the listing of the source with sizes and times, and every option
/// that the bytes depend on. The number of threads is none.
/// </summary>
internal static class PackFingerprint
{
    private const int BlockImages = 1024;

    /// <summary>Whether a source can tell that it has changed.</summary>
    public static bool CanTell(ImageSource source, IReadOnlyList<SourceSplit> splits)
        => splits.All(split => source.StampOf(split.Start) is not null);

    /// <returns>SHA-256 in lower-case hex; a random one when the source cannot tell whether it has changed,
    /// so that nothing is taken up again.</returns>
    public static string Of(ImageSource source, IReadOnlyList<SourceSplit> splits, PackOptions options,
        CancellationToken cancel)
    {
        if (!CanTell(source, splits))
            return Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SHA256.HashSizeInBytes));
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, FormattableString.Invariant($"{options.Size} {options.Filter} {options.Fit}"));
        Append(hash, FormattableString.Invariant($"{options.Policy} {options.SkipBad} {options.ShardBytes}"));
        Append(hash, source.Description);
        foreach (var name in source.ClassNames)
            Append(hash, name);
        foreach (var split in splits)
        {
            Append(hash, FormattableString.Invariant($"{split.Name} {split.Start} {split.Count}"));
            foreach (var part in Listing(source, split, options.ThreadCount, cancel))
                hash.AppendData(part);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static byte[][] Listing(ImageSource source, SourceSplit split, int threads,
        CancellationToken cancel)
    {
        var parts = new byte[(split.Count + BlockImages - 1) / BlockImages][];
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancel };
        Parallel.For(0, parts.Length, options, part =>
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var end = Math.Min(split.Count, (part + 1) * BlockImages);
            for (var i = part * BlockImages; i < end; i++)
            {
                var index = split.Start + i;
                var stamp = source.StampOf(index) ?? default;
                Append(hash, FormattableString.Invariant(
                    $"{source.NameOf(index)} {source.LabelOf(index)} {stamp.Bytes} {stamp.ModifiedTicks}"));
            }

            parts[part] = hash.GetHashAndReset();
        });
        return parts;
    }

    private static void Append(IncrementalHash hash, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        hash.AppendData(BitConverter.GetBytes(bytes.Length));
        hash.AppendData(bytes);
    }
}
