using Atelier.Gan.BigGan;
using Atelier.Nn;
using Atelier.Tests;
using Atelier.Torch;

namespace Atelier.Gan.Tests;

public sealed class NetworkTableTests : TensorTest
{
    private static readonly BigGanOptions Options = new()
    {
        GeneratorChannels = 4, DiscriminatorChannels = 2, LatentSize = 12, ClassCount = 5,
        HasSharedEmbedding = true, SharedEmbeddingSize = 7, HasHierarchicalLatent = true,
        GeneratorAttentionResolutions = [16], Initialization = WeightInitialization.Blank,
    };

    private readonly Generator random = new(Device.Cpu, 1);

    [Fact]
    public void Rows_TogetherHaveEveryParameterOnce()
    {
        using var generator = new BigGanGenerator(Options, random);
        using var discriminator = new BigGanDiscriminator(Options, random);

        AssertWhole(NetworkTable.Of(generator), generator);
        AssertWhole(NetworkTable.Of(discriminator, generator), discriminator);

        static void AssertWhole(NetworkTable table, Module network)
        {
            Assert.Equal(network.ParameterCount(), table.Rows.Sum(row => row.Parameters));
            Assert.Equal(network.ParameterCount(), table.Parameters);
            Assert.Equal(table.Rows.Count, table.Rows.Select(row => row.Name).Distinct().Count());
        }
    }

    [Fact]
    public void Rows_OfTheGenerator_AreItsLayersAsTheyRun()
    {
        using var generator = new BigGanGenerator(Options, random);

        var table = NetworkTable.Of(generator);

        Assert.Equal(
            ["shared", "stem", "blocks.0.norm1", "blocks.0.conv1", "blocks.0.norm2", "blocks.0.conv2",
                "blocks.0.skip", "blocks.1.norm1"],
            table.Rows.Take(8).Select(row => row.Name));
        // 3 of 12 numbers of z to 16 channels of 4x4.
        Assert.Equal((256L, 3 * 256 * 2.0), Size(Row(table, "stem")));
        // A condition of 7 + 3 numbers to gain and bias of 16 channels, without biases.
        Assert.Equal((16L * 8 * 8, 2 * 10 * 16 * 2.0), Size(Row(table, "blocks.1.norm1")));
        Assert.Equal((16L * 8 * 8, 16 * 9 * 16 * 64 * 2.0), Size(Row(table, "blocks.0.conv1")));
        // theta and phi to 2 channels, g to 8, o back, at 16x16; 256x64 weights of 2 terms, 8x256 mixed
        // of 64.
        Assert.Equal(
            (16L * 256, 2.0 * ((16 * (2 + 2 + 8) * 256) + (8 * 16 * 256) + (256 * 64 * 2) + (8 * 256 * 64))),
            Size(Row(table, "attention.1")));
        Assert.Equal([3, 32, 32], table.Rows[^1].OutputShape);
        Assert.Equal(table.Flops, table.Rows.Sum(row => row.Flops));
    }

    [Fact]
    public void Rows_OfAJoinedPooling_CountTheConvolutionBeforeIt()
    {
        using var generator = new BigGanGenerator(Options, random);
        using var discriminator = new BigGanDiscriminator(Options, random);

        var table = NetworkTable.Of(discriminator, generator);

        // 8 channels; the 3x3 convolution is at 32 px, its pooled output at 16.
        Assert.Equal((8L * 16 * 16, 8 * 9 * 8 * 1024 * 2.0), Size(Row(table, "blocks.0.conv2")));
        Assert.False(LayerTraceIsOpen());
    }

    private static bool LayerTraceIsOpen()
    {
        using var trace = new LayerTrace();
        return trace.Calls.Count > 0;
    }

    private static LayerRow Row(NetworkTable table, string name) =>
        table.Rows.Single(row => row.Name == name);

    private static (long Elements, double Flops) Size(LayerRow row) =>
        (row.OutputShape.Aggregate(1L, static (product, side) => product * side), row.Flops);
}
