using System.Text;
using Atelier.Nn;
using Atelier.Torch;

namespace Atelier.Gan.Tests;

/// <summary>
/// Numbers in [-1, 1] from a name and a place, by 32-bit arithmetic that any language repeats; so a network
/// can be compared without a file of weights. Golden/README.md says what the other side did.
/// </summary>
internal static class FormulaWeights
{
    public static Tensor Numbers(string name, params long[] shape)
    {
        var seed = 0x811C9DC5u;
        foreach (var letter in Encoding.UTF8.GetBytes(name)) seed = (seed ^ letter) * 0x01000193u;
        var values = new float[shape.Aggregate(1L, static (a, b) => a * b)];
        for (var k = 0u; k < values.Length; k++)
        {
            var hash = (k * 0x9E3779B1u) + seed;
            hash ^= hash >> 15;
            hash *= 0x85EBCA6Bu;
            hash ^= hash >> 13;
            values[k] = (float)((hash / 2147483648.0) - 1);
        }

        return Tensor.FromArray<float>(values, shape);
    }

    /// <summary>Fills a network by the names of its tensors.</summary>
    public static void Fill(Module network)
    {
        using var noGrad = new NoGradScope();
        foreach (var (name, tensor) in network.State())
        {
            using var scope = new TensorScope();
            tensor.CopyInPlace(Scaled(name, Numbers(name, [.. tensor.Shape])));
        }
    }

    private static Tensor Scaled(string name, Tensor numbers)
    {
        var shape = numbers.Shape.ToArray();
        if (name.EndsWith("running_var", StringComparison.Ordinal)) return numbers * 0.5 + 1;
        if (name.EndsWith("norm.sigma", StringComparison.Ordinal)) return Tensor.Ones(shape);
        if (name.EndsWith("norm.u", StringComparison.Ordinal)) return numbers;
        if (name.EndsWith("gamma", StringComparison.Ordinal)) return Tensor.Full(shape, 0.5);
        if (name == "output_norm.gain") return numbers * 0.1 + 1;
        return shape.Length > 1
            ? numbers * Math.Sqrt(3.0 / shape.Skip(1).Aggregate(1L, static (a, b) => a * b))
            : numbers * 0.1;
    }
}
