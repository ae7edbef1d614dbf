using System.Globalization;
using Atelier.Torch;

namespace Atelier.Bench;

/// <summary>
/// The native operators beside the ATen steps that they replace, forward and backward, in turn in one
/// process.
/// </summary>
internal static class FusedOperatorSpeed
{
    private const int Rounds = 7;

    // Images, channels in and out, side of the input.
    private static readonly (int Images, int Inputs, int Outputs, int Side)[] Shapes =
    [
        (50, 64, 64, 32), (50, 64, 64, 16), (50, 128, 128, 32), (50, 128, 128, 8), (50, 256, 256, 32),
        (50, 256, 256, 16), (50, 256, 256, 8), (50, 256, 256, 4),
    ];

    // Those of D and G at 128 px with 32 channels.
    private static readonly (int Images, int Inputs, int Outputs, int Side)[] AttentionShapes =
        [(16, 32, 32, 64), (8, 64, 64, 64)];

    /// <summary>Prints a line a shape and operator: milliseconds of both, and the ratio.</summary>
    public static void Print()
    {
        Line("operator", "shape", "ATen ms", "native ms", "ratio");
        using var random = new Generator(Device.Cpu, 1);
        foreach (var shape in Shapes)
        {
            Convolution(shape, 0, "conv", random);
            if (shape.Side > 4) Convolution(shape, -1, "conv, pool", random);
            if (shape.Side < 32) Convolution(shape, 1, "upsample, conv", random);
            Norm(shape, random);
        }

        foreach (var shape in AttentionShapes) Attention(shape, random);
    }

    private static void Convolution(
        (int Images, int Inputs, int Outputs, int Side) shape, int resampling, string name, Generator random)
    {
        using var scope = new TensorScope();
        var input = Input(shape, random);
        var weight = Tensor.Randn([shape.Outputs, shape.Inputs, 3, 3], random);
        var bias = Tensor.Randn([shape.Outputs], random);
        Report(
            name, shape, [input, weight, bias], () => Fused.Convolution3x3(input, weight, bias, resampling));
    }

    private static void Norm((int Images, int Inputs, int Outputs, int Side) shape, Generator random)
    {
        using var scope = new TensorScope();
        var input = Input(shape, random);
        var gain = Tensor.Randn([shape.Images, shape.Inputs], random);
        var bias = Tensor.Randn([shape.Images, shape.Inputs], random);
        Report(
            "batch norm, relu", shape, [input, gain, bias],
            () => Fused.BatchNormRelu(input, gain, bias, null, null, true, 0.1, 1e-5));
    }

    // As in SAGAN: an eighth of the channels for query and key, half of them for values, a quarter of the
    // pixels for keys and values.
    private static void Attention((int Images, int Inputs, int Outputs, int Side) shape, Generator random)
    {
        using var scope = new TensorScope();
        var pixels = shape.Side * shape.Side;
        var query = Tensor.Randn([shape.Images, shape.Inputs / 8, pixels], random);
        var key = Tensor.Randn([shape.Images, shape.Inputs / 8, pixels / 4], random);
        var value = Tensor.Randn([shape.Images, shape.Inputs / 2, pixels / 4], random);
        Report("attention", shape, [query, key, value], () => Fused.Attention(query, key, value));
    }

    private static Tensor Input((int Images, int Inputs, int Outputs, int Side) shape, Generator random) =>
        Tensor.Randn([shape.Images, shape.Inputs, shape.Side, shape.Side], random)
            .Contiguous(MemoryFormat.ChannelsLast);

    private static void Report(
        string name, (int Images, int Inputs, int Outputs, int Side) shape, Tensor[] leaves,
        Func<Tensor> forward)
    {
        foreach (var leaf in leaves) leaf.RequiresGrad = true;
        void Native()
        {
            using var scope = new TensorScope();
            var output = forward();
            Autograd.Grad([output], leaves, [output]);
        }

        var times = Turns.Milliseconds(Rounds, Turns.ByDefinition(Native), Native);
        Line(
            name, FormattableString.Invariant($"{shape.Images}x{shape.Inputs}x{shape.Side}x{shape.Side}"),
            times[0].ToString("F1", CultureInfo.InvariantCulture),
            times[1].ToString("F1", CultureInfo.InvariantCulture),
            (times[0] / times[1]).ToString("F2", CultureInfo.InvariantCulture));
    }

    private static void Line(params string[] cells) =>
        Console.WriteLine(
            string.Concat(cells.Select((c, k) => k < 2 ? c.PadRight(20) : c.PadLeft(11))));
}
