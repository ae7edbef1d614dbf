using System.Runtime.InteropServices;

namespace Atelier.Metrics;

/// <summary>
/// Sorts many float32 numbers by their bits, 11 at a time: for millions of numbers several times faster than
/// comparing them.
/// </summary>
internal static class FloatSort
{
    private const int DigitBits = 11;
    private const int Digits = 3;
    private const uint DigitMask = (1u << DigitBits) - 1;
    private const uint Sign = 1u << 31;

    /// <summary>Sorts in place, rising; all numbers are finite.</summary>
    /// <param name="values">The numbers.</param>
    /// <param name="scratch">Room for as many.</param>
    public static void Sort(Span<float> values, Span<uint> scratch)
    {
        var keys = MemoryMarshal.Cast<float, uint>(values);
        var counts = new int[Digits << DigitBits];
        // Bits of floats rise with their values once negative ones are turned round.
        for (var k = 0; k < keys.Length; k++)
        {
            var key = (keys[k] & Sign) == 0 ? keys[k] | Sign : ~keys[k];
            keys[k] = key;
            for (var d = 0; d < Digits; d++) counts[(d << DigitBits) + Digit(key, d)]++;
        }

        var from = keys;
        var to = scratch[..keys.Length];
        for (var d = 0; d < Digits; d++)
        {
            var places = counts.AsSpan(d << DigitBits, 1 << DigitBits);
            var next = 0;
            foreach (ref var place in places) (place, next) = (next, next + place);
            foreach (var key in from) to[places[Digit(key, d)]++] = key;
            var swapped = from;
            from = to;
            to = swapped;
        }

        // Three passes end in the scratch room.
        for (var k = 0; k < keys.Length; k++) keys[k] = (from[k] & Sign) == 0 ? ~from[k] : from[k] & ~Sign;
    }

    private static int Digit(uint key, int digit) => (int)((key >> (digit * DigitBits)) & DigitMask);
}
