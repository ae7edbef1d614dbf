namespace Atelier.Data;

/// <summary>All images shuffled together: every order is equally likely. Takes 4 bytes an image.</summary>
internal sealed class ShuffledOrder : IImageOrder
{
    private const ulong ShufflePurpose = 1;

    private readonly ulong seed;
    private readonly int[] order;
    private long orderEpoch = -1;

    public ShuffledOrder(int count, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        (order, this.seed) = (new int[count], seed);
    }

    /// <inheritdoc/>
    public int At(long epoch, int position)
    {
        if (orderEpoch != epoch)
        {
            // Each time from the identity: the order depends on seed and epoch alone.
            for (var i = 0; i < order.Length; i++)
                order[i] = i;
            SplitMix.Shuffle(order, SplitMix.Key(seed, ShufflePurpose, (ulong)epoch));
            orderEpoch = epoch;
        }

        return order[position];
    }
}
