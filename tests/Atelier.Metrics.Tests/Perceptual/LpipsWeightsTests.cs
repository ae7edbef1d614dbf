using Atelier.Tests;
using Atelier.Torch;
using Atelier.Torch.Safetensors;

namespace Atelier.Metrics.Tests;

public sealed class LpipsWeightsTests : TensorTest
{
    private static readonly int[] Channels = [64, 128, 256, 512, 512];

    [Fact]
    public void Read_OfTheAuthorsNames_GivesANumberAChannel()
    {
        using var folder = new TemporaryFolder();

        using var weights = LpipsWeights.Read(
            Write(folder, layer => Tensor.Full([1, Channels[layer], 1, 1], layer)));

        Assert.Equal(Channels, weights.Layers.Select(layer => (int)layer.NumberOfElements));
        Assert.Equal(3, weights.Layers[3].ToArray<float>()[511]);
        Assert.Equal(64, weights.Sha256.Length);
    }

    [Theory]
    [InlineData(-0.5, 256, "negative")]
    [InlineData(double.NaN, 256, "negative or no number")]
    [InlineData(0.5, 192, "no tensor 'lin2.model.1.weight'")]
    public void Read_OfSomethingElse_SaysWhat(double value, int channels, string message)
    {
        using var folder = new TemporaryFolder();
        var path = Write(folder, layer => layer == 2
            ? Tensor.Full([1, channels, 1, 1], value)
            : Tensor.Ones([1, Channels[layer], 1, 1]));

        var error = Assert.Throws<AtelierException>(() => LpipsWeights.Read(path));

        Assert.Equal(FailureKind.Checkpoint, error.Kind);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Prepare_IsTheAuthorsShiftAndScale()
    {
        var prepared = LpipsDistance.Prepare(Tensor.Full([1, 1, 1, 1], 0.25));

        // lpips 0.1: (x - shift) / scale with shift -.030, -.088, -.188 and scale .458, .448, .450.
        AssertClose([(0.25 + 0.03) / 0.458, (0.25 + 0.088) / 0.448, (0.25 + 0.188) / 0.45], prepared, 1e-6);
    }

    private static string Write(TemporaryFolder folder, Func<int, Tensor> layer)
    {
        var path = folder.File("vgg.safetensors");
        SafetensorsWriter.Write(
            path,
            [.. Enumerable.Range(0, Channels.Length).Select(k => ($"lin{k}.model.1.weight", layer(k)))],
            new Dictionary<string, string>(StringComparer.Ordinal));
        return path;
    }
}
