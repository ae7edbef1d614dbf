using Atelier.Gan.BigGan;
using Atelier.Nn;
using Atelier.Tests;
using Atelier.Torch;
using Atelier.Torch.Safetensors;

namespace Atelier.Gan.Tests;

public sealed class ModelFileTests : TensorTest
{
    private static readonly BigGanOptions Options = new()
    {
        ImageChannels = 1, ClassCount = 3, GeneratorChannels = 2, DiscriminatorChannels = 2, LatentSize = 8,
        HasSharedEmbedding = true, SharedEmbeddingSize = 4, HasHierarchicalLatent = true,
    };

    private readonly string path = Path.Combine(
        Path.GetTempPath(), Path.GetRandomFileName() + ".safetensors");

    [Fact]
    public void Read_OfWhatWasWritten_GivesTheSameImagesAndCard()
    {
        using var random = new Generator(Device.Cpu, 4);
        using var generator = new BigGanGenerator(Options, random);
        generator.Train(false);
        var card = Card() with { Step = 77, Recipe = "r", DatasetHash = "d", StandingStatistics = new(5, 6) };

        ModelFile.Write(path, generator, card);
        var (read, readCard) = ModelFile.Read(path);

        using (read)
        {
            var latent = Tensor.Randn([2, 8], random);
            var classes = Tensor.FromArray<long>([2, 0], 2);
            Assert.Equal(
                generator.Generate(latent, classes).ToArray<float>(),
                read.Generate(latent, classes).ToArray<float>());
            Assert.Equal(card with { ClassNames = [] }, readCard with { ClassNames = [] });
            Assert.Equal(card.ClassNames, readCard.ClassNames);
            Assert.True(ModelFile.Recognises(path));
        }
    }

    [Fact]
    public void Read_OfTensorsWithoutACard_SaysWhatItIs()
    {
        SafetensorsWriter.Write(path, [("a", Tensor.Ones([1]))]);

        var error = Assert.Throws<AtelierException>(() => ModelFile.Read(path));

        Assert.Equal(FailureKind.Checkpoint, error.Kind);
        Assert.Contains("no generator", error.Message, StringComparison.Ordinal);
        Assert.False(ModelFile.Recognises(path));
    }

    [Theory]
    [InlineData("class_count", 1_000_001)]
    [InlineData("generator_channels", 99_999)]
    [InlineData("latent_size", 0)]
    public void Read_OfAbsurdOptions_IsRefusedBeforeAnythingIsBuilt(string key, long value)
    {
        var json = System.Text.Json.Nodes.JsonNode.Parse(BigGanFamily.ToJson(Options))!;
        json[key] = value;
        using var random = new Generator(Device.Cpu, 4);

        var error = Assert.Throws<AtelierException>(
            () => new BigGanFamily().CreateGenerator(json.ToJsonString(), random));

        Assert.Contains(key, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OfWeightsOfAnotherWidth_ListsTheShapes()
    {
        using var random = new Generator(Device.Cpu, 4);
        using var generator = new BigGanGenerator(Options, random);
        ModelFile.Write(
            path, generator,
            Card() with { OptionsJson = BigGanFamily.ToJson(Options with { GeneratorChannels = 3 }) });

        var error = Assert.Throws<AtelierException>(() => ModelFile.Read(path));

        Assert.Equal(FailureKind.Checkpoint, error.Kind);
        Assert.Contains("of another shape", error.Message, StringComparison.Ordinal);
    }

    private static ModelCard Card() => new()
    {
        Family = "biggan", OptionsJson = BigGanFamily.ToJson(Options), ClassNames = ["a", "b", "ü [c]"],
    };
}
