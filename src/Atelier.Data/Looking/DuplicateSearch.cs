using System.Numerics;

namespace Atelier.Data;

/// <summary>
/// Finds images that are equal or look alike. Hashes are looked up by their four quarters of 16 bits and by
/// the neighbours of each at distance one: of two hashes that differ in at most 7 bits, one quarter differs
/// in at most one. So no pair within that distance is missed, and few others are looked at.
/// </summary>
/// <param name="images">What is kept of each image; null for a bad one.</param>
/// <param name="confirm">A closer look at two images that seem alike, or null to trust what is kept.</param>
internal sealed class DuplicateSearch(
    IReadOnlyList<ImageSignature?> images, Func<int, int, bool>? confirm = null)
{
    /// <summary>The largest distance for which the search is complete.</summary>
    public const int MostBits = 7;

    private const int Quarters = 4;
    private const int QuarterBits = 16;

    /// <summary>
    /// Groups of equal images, each in order, the groups in the order of their first images.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<int>> Exact()
    {
        var groups = new Dictionary<UInt128, List<int>>();
        for (var i = 0; i < images.Count; i++)
        {
            if (images[i] is not { } image) continue;
            if (groups.TryGetValue(image.Exact, out var group)) group.Add(i);
            else groups[image.Exact] = [i];
        }

        return [.. groups.Values.Where(group => group.Count > 1).OrderBy(group => group[0])];
    }

    /// <summary>
    /// Groups of images that look alike and are not all equal: each image like another one of its group.
    /// </summary>
    /// <param name="mostBits">Bits in which the hashes of two may differ, 0 to <see
    /// cref="MostBits"/>.</param>
    /// <param name="leastRange">Images whose values lie closer together are left out: all such look
    /// alike.</param>
    /// <param name="cancel">Stops the search.</param>
    public IReadOnlyList<IReadOnlyList<int>> Near(int mostBits, int leastRange, CancellationToken cancel)
    {
        // Of equal images one stands for all.
        var stands = new Dictionary<UInt128, int>();
        for (var i = 0; i < images.Count; i++)
        {
            if (images[i] is { } image && image.Range >= leastRange) stands.TryAdd(image.Exact, i);
        }

        var parent = Enumerable.Range(0, images.Count).ToArray();
        int[] candidates = [.. stands.Values.Order()];
        foreach (var (left, right) in Pairs(candidates, mostBits, cancel))
        {
            var (one, other) = (Root(parent, left), Root(parent, right));
            if (one != other && (confirm is null || confirm(left, right))) parent[other] = one;
        }

        var groups = candidates.GroupBy(i => Root(parent, i)).Where(group => group.Skip(1).Any())
            .ToDictionary(group => group.Key, _ => new List<int>());
        for (var i = 0; i < images.Count; i++)
        {
            if (images[i] is { } image && stands.TryGetValue(image.Exact, out var stand)
                && groups.TryGetValue(Root(parent, stand), out var group))
                group.Add(i);
        }

        return [.. groups.Values.OrderBy(group => group[0])];
    }

    private IEnumerable<(int Left, int Right)> Pairs(int[] candidates, int mostBits, CancellationToken cancel)
    {
        for (var quarter = 0; quarter < Quarters; quarter++)
        {
            var table = new Table(candidates, i => Quarter(i, quarter));
            foreach (var left in candidates)
            {
                cancel.ThrowIfCancellationRequested();
                var key = Quarter(left, quarter);
                for (var flip = -1; flip < (mostBits < Quarters ? 0 : QuarterBits); flip++)
                {
                    foreach (var right in table.At(flip < 0 ? key : key ^ (1 << flip)))
                    {
                        if (right > left && IsFirstMeeting(left, right, quarter, mostBits)
                            && AreAlike(left, right, mostBits))
                            yield return (left, right);
                    }
                }
            }
        }
    }

    /// <summary>True where no earlier quarter brought the two together.</summary>
    private bool IsFirstMeeting(int left, int right, int quarter, int mostBits)
    {
        for (var earlier = 0; earlier < quarter; earlier++)
        {
            var bits = BitOperations.PopCount((uint)(Quarter(left, earlier) ^ Quarter(right, earlier)));
            if (bits <= (mostBits < Quarters ? 0 : 1)) return false;
        }

        return true;
    }

    private bool AreAlike(int left, int right, int mostBits)
        => BitOperations.PopCount(images[left]!.Perceptual ^ images[right]!.Perceptual) <= mostBits
            && images[left]!.LooksLike(images[right]!);

    private int Quarter(int image, int quarter)
        => (int)(images[image]!.Perceptual >> (QuarterBits * quarter)) & 0xFFFF;

    private static int Root(int[] parent, int i)
    {
        while (parent[i] != i)
            i = parent[i] = parent[parent[i]];
        return i;
    }

    /// <summary>Images by a key of 16 bits, one array for all.</summary>
    private sealed class Table
    {
        private readonly int[] ends = new int[(1 << QuarterBits) + 1];
        private readonly int[] sorted;

        public Table(int[] items, Func<int, int> keyOf)
        {
            foreach (var item in items)
                ends[keyOf(item) + 1]++;
            for (var key = 0; key < 1 << QuarterBits; key++)
                ends[key + 1] += ends[key];
            sorted = new int[items.Length];
            var next = ends.ToArray();
            foreach (var item in items)
                sorted[next[keyOf(item)]++] = item;
        }

        public ArraySegment<int> At(int key) => new(sorted, ends[key], ends[key + 1] - ends[key]);
    }
}
