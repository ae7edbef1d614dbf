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

    private string ModelPath => Path.Combine(Folder, "model.safetensors");

    [Fact]
    public void Read_OfWhatWasWritten_GivesTheSameImagesAndCard()
    {
        using var random = new Generator(Device.Cpu, 4);
        using var generator = new BigGanGenerator(Options, random);
        generator.Train(false);
        var card = Card() with
        {
            Step = 77, Recipe = "r", DatasetHash = "d", StandingStatistics = new(5, 6),
            HasStandingStatistics = true,
        };

        ModelFile.Write(ModelPath, generator, card);
        var (read, readCard) = ModelFile.Read(ModelPath);

        using (read)
        {
            var latent = Tensor.Randn([2, 8], random);
            var classes = Tensor.FromArray<long>([2, 0], 2);
            Assert.Equal(
                generator.Generate(latent, classes).ToArray<float>(),
                read.Generate(latent, classes).ToArray<float>());
            Assert.Equal(card with { ClassNames = [] }, readCard with { ClassNames = [] });
            Assert.Equal(card.ClassNames, readCard.ClassNames);
            Assert.True(ModelFile.Recognises(ModelPath));
        }
    }

    [Theory]
    [InlineData("uniform")]
    [InlineData("variable_normal")]
    public void Read_OfAModelTrainedOnAnotherLaw_DrawsFromThatLaw(string name)
    {
        using var random = new Generator(Device.Cpu, 4);
        using var generator = new BigGanGenerator(Options, random);
        generator.Latent = LatentCatalogue.Create(new LatentOptions(name) { VarianceHigh = 0.75 });
        ModelFile.Write(ModelPath, generator, Card());

        using var session = new GeneratorSession(ModelPath);

        Assert.Equal(generator.Latent.Options, session.Generator.Latent.Options);
        using var one = new Generator(Device.Cpu, 4);
        using var two = new Generator(Device.Cpu, 4);
        Assert.Equal(
            session.Draw([0, 2, 1], null, one), Pictures(session, generator.DrawLatents(3, null, two)));
    }

    [Theory]
    [InlineData("{\"name\":\"gauss\"}")]
    [InlineData("{\"name\":\"normal\",\"variance\":-1}")]
    [InlineData("{\"name\":null}")]
    [InlineData("{\"kind\":\"normal\"}")]
    [InlineData("normal")]
    public void Read_OfALawThatCannotBe_IsRefused(string law)
    {
        using var random = new Generator(Device.Cpu, 4);
        using var generator = new BigGanGenerator(Options, random);
        ModelFile.Write(ModelPath, generator, Card());
        Dictionary<string, string> metadata;
        using (var file = SafetensorsFile.Open(ModelPath))
            metadata = new(file.Metadata) { ["latent"] = law };
        SafetensorsWriter.Write(ModelPath, [.. generator.State().Select(s => (s.Name, s.Tensor))], metadata);

        var error = Assert.Throws<AtelierException>(() => ModelFile.Read(ModelPath));

        Assert.Equal(FailureKind.Checkpoint, error.Kind);
    }

    [Fact]
    public void Read_OfAFileFromBeforeLawsWereKept_IsNormal()
    {
        using var random = new Generator(Device.Cpu, 4);
        using var generator = new BigGanGenerator(Options, random);
        ModelFile.Write(ModelPath, generator, Card());
        Dictionary<string, string> metadata;
        using (var file = SafetensorsFile.Open(ModelPath)) metadata = new(file.Metadata);
        Assert.True(metadata.Remove("latent"));
        SafetensorsWriter.Write(ModelPath, [.. generator.State().Select(s => (s.Name, s.Tensor))], metadata);

        var (read, _) = ModelFile.Read(ModelPath);

        using (read) Assert.Equal(LatentOptions.Normal, read.Latent.Options);
    }

    [Fact]
    public void Read_OfTensorsWithoutACard_SaysWhatItIs()
    {
        SafetensorsWriter.Write(ModelPath, [("a", Tensor.Ones([1]))]);

        var error = Assert.Throws<AtelierException>(() => ModelFile.Read(ModelPath));

        Assert.Equal(FailureKind.Checkpoint, error.Kind);
        Assert.Contains("no generator", error.Message, StringComparison.Ordinal);
        Assert.False(ModelFile.Recognises(ModelPath));
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
            ModelPath, generator,
            Card() with { OptionsJson = BigGanFamily.ToJson(Options with { GeneratorChannels = 3 }) });

        var error = Assert.Throws<AtelierException>(() => ModelFile.Read(ModelPath));

        Assert.Equal(FailureKind.Checkpoint, error.Kind);
        Assert.Contains("of another shape", error.Message, StringComparison.Ordinal);
    }

    private static byte[] Pictures(GeneratorSession session, Tensor latent)
    {
        using var noGrad = new NoGradScope();
        return PixelRange.ToBytes(
            session.Generator.Generate(latent, Tensor.FromArray<long>([0, 2, 1], 3))).ToArray<byte>();
    }

    private static ModelCard Card() => new()
    {
        Family = "biggan", OptionsJson = BigGanFamily.ToJson(Options), ClassNames = ["a", "b", "ü [c]"],
    };
}
