using System.Text;
using Atelier.Torch;

namespace Atelier.Metrics.Tests;

/// <summary>
/// Weights and images from a formula, so that the reference and this program can be given the same ones
/// without a file: u(name, i) in [-1, 1) from FNV-1a over the name and SplitMix64's finaliser; see
/// Golden/README.md.
/// </summary>
internal static class Formula
{
    /// <summary>A network's weights, owned by the current scope.</summary>
    public static Dictionary<string, Tensor> Weights(IEnumerable<WeightSlot> slots) =>
        slots.ToDictionary(slot => slot.Name, slot => Weight(slot.Name, [.. slot.Shape]));

    /// <summary>Images [N, 3, H, W] in [-1, 1], of whole bytes.</summary>
    public static Tensor Images(int count, int height, int width)
    {
        var bytes = new byte[count * 3 * height * width];
        var seed = Hash($"images-{count}-{height}-{width}");
        Parallel.For(0, bytes.Length, i => bytes[i] = (byte)Math.Floor(((Unit(seed, i) * 0.5) + 0.5) * 255));
        return PixelRange.FromBytes(Tensor.FromArray<byte>(bytes, count, 3, height, width), Device.Cpu);
    }

    private static Tensor Weight(string name, long[] shape)
    {
        var values = new float[shape.Aggregate(1L, (product, size) => product * size)];
        var (gain, offset) = Law(name, shape);
        var seed = Hash(name);
        Parallel.For(0, values.Length, i => values[i] = (float)((Unit(seed, i) * gain) + offset));
        return Tensor.FromArray<float>(values, shape);
    }

    private static (double Gain, double Offset) Law(string name, long[] shape)
    {
        if (name.EndsWith("running_mean", StringComparison.Ordinal)) return (0.1, 0);
        if (name.EndsWith("running_var", StringComparison.Ordinal)) return (0.5, 1);
        if (shape.Length < 2) return (0.1, name.EndsWith("weight", StringComparison.Ordinal) ? 1 : 0);
        return (Math.Sqrt(6.0 / shape.Skip(1).Aggregate(1L, (product, size) => product * size)), 0);
    }

    private static double Unit(ulong seed, long i)
    {
        var z = seed + ((ulong)i * 0x9E3779B97F4A7C15);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        z ^= z >> 31;
        return (2 * (z >> 11) * Math.ScaleB(1, -53)) - 1;
    }

    private static ulong Hash(string name)
    {
        var hash = 0xcbf29ce484222325;
        foreach (var letter in Encoding.UTF8.GetBytes(name)) hash = (hash ^ letter) * 0x100000001b3;
        return hash;
    }
}
