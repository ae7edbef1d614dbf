namespace Atelier.Data;

/// <summary>
/// SplitMix64 (Steele, Lea, Flood 2014) as a counter-based generator: the same numbers on every machine,
/// addressed by key, so that nothing about them needs to be saved.
/// </summary>
public static class SplitMix
{
    private const ulong Gamma = 0x9E3779B97F4A7C15;

    /// <summary>The finaliser: a one-to-one map of 64-bit words under which neighbours become
    /// unrelated.</summary>
    public static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>
    /// A key from a seed and what it is for; equal arguments give equal keys, others unrelated ones.
    /// </summary>
    public static ulong Key(ulong seed, ulong purpose, ulong number)
        => Mix(Mix(Mix(seed + Gamma) + purpose + Gamma) + number + Gamma);

    /// <summary>Number <paramref name="counter"/> of the stream of a key.</summary>
    public static ulong At(ulong key, ulong counter) => Mix(key + ((counter + 1) * Gamma));

    /// <summary>
    /// A whole number in [0, bound), without bias worth naming: the high half of a 128-bit product.
    /// </summary>
    public static int Below(ulong random, int bound) => (int)Math.BigMul(random, (ulong)bound, out _);

    /// <summary>Shuffles in place (Fisher and Yates); every order is equally likely.</summary>
    public static void Shuffle(Span<int> values, ulong key)
    {
        for (var i = values.Length - 1; i > 0; i--)
        {
            var other = Below(At(key, (ulong)i), i + 1);
            (values[i], values[other]) = (values[other], values[i]);
        }
    }
}
