using Atelier.Gan.BigGan;
using Atelier.Tests;
using Atelier.Torch;

namespace Atelier.Gan.Tests;

public sealed class ModelPartsTests : TensorTest
{
    private static readonly BigGanOptions Options = new()
    {
        ImageChannels = 1, ClassCount = 3, GeneratorChannels = 2, DiscriminatorChannels = 2, LatentSize = 8,
    };

    private string ModelPath => Path.Combine(Folder, "model.safetensors");

    [Fact]
    public void Read_OfAllParts_GivesEachItsOwnWeights()
    {
        using var random = new Generator(Device.Cpu, 4);
        using var average = new BigGanGenerator(Options, random);
        using var trained = new BigGanGenerator(Options, random);
        using var discriminator = new BigGanDiscriminator(Options, random);
        foreach (var network in new Nn.Module[] { average, trained, discriminator }) network.Train(false);

        ModelFile.Write(
            ModelPath, new ModelParts(average) { TrainedGenerator = trained, Discriminator = discriminator },
                Card());

        using var readAverage = ModelFile.Read(ModelPath).Generator;
        using var readTrained = ModelFile.ReadTrained(ModelPath).Generator;
        using var readJudge = ModelFile.ReadDiscriminator(ModelPath).Discriminator;
        var latent = Tensor.Randn([2, 8], random);
        var images = Tensor.Rand([2, 1, 32, 32], random);
        var classes = Tensor.FromArray<long>([2, 0], 2);
        Assert.Equal(0,
            MaxDifference(average.Generate(latent, classes), readAverage.Generate(latent, classes)));
        Assert.Equal(0,
            MaxDifference(trained.Generate(latent, classes), readTrained.Generate(latent, classes)));
        Assert.Equal(
            0,
            MaxDifference(
                discriminator.Discriminate(images, classes).Logits,
                    readJudge.Discriminate(images, classes).Logits));
        Assert.True(
            MaxDifference(average.Generate(latent, classes), trained.Generate(latent, classes)) > 1e-3);
    }

    [Fact]
    public void ReadTrained_OfAFileWithOneGenerator_SaysSo()
    {
        using var random = new Generator(Device.Cpu, 4);
        using var generator = new BigGanGenerator(Options, random);
        ModelFile.Write(ModelPath, generator, Card());

        var error = Assert.Throws<AtelierException>(() => ModelFile.ReadTrained(ModelPath));

        Assert.Equal(FailureKind.Checkpoint, error.Kind);
        Assert.Contains("one generator only", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1.0, 3.0)]
    [InlineData(0.5, 2.0)]
    [InlineData(0.6, 2.2)]
    [InlineData(0.9, 2.8)]
    [InlineData(0.05, 0.2)]
    public void Install_BetweenTwoSets_WeighsTheNearerOneMore(double truncation, double mean)
    {
        using var random = new Generator(Device.Cpu, 4);
        using var generator = new BigGanGenerator(Options, random);
        // Sets 0, 1 and 2 stand for the truncations 0, 0.5 and 1; their means are 0, 2 and 3.
        var name =
            generator.NamedBuffers().First(static b =>
                b.Name.EndsWith("running_mean", StringComparison.Ordinal));
        var row = Tensor.Ones([1, name.Tensor.Size(0)]);
        ModelFile.Write(
            ModelPath,
            new ModelParts(generator)
            {
                TruncationSets = new Dictionary<string,
                    Tensor> { [name.Name] = Aten.Cat([row * 0, row * 2, row * 3], 0) },
            },
            Card());
        using var session = new GeneratorSession(ModelPath);

        session.GatherStatistics(truncation);

        var found = session.Generator.NamedBuffers().Single(b => b.Name == name.Name).Tensor;
        Assert.All(found.ToArray<float>(), value => Assert.Equal(mean, value, 1e-6));
        Assert.IsType<ScaledNormalLatent>(session.Generator.Latent);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(1.01)]
    [InlineData(double.NaN)]
    public void Install_OutsideTheSets_IsRefused(double truncation)
    {
        using var random = new Generator(Device.Cpu, 4);
        using var generator = new BigGanGenerator(Options, random);
        var name = generator.NamedBuffers()[0].Name;
        var set = generator.NamedBuffers()[0].Tensor.Unsqueeze(0);
        ModelFile.Write(
            ModelPath,
            new ModelParts(generator)
            {
                TruncationSets = new Dictionary<string, Tensor> { [name] = Aten.Cat([set, set], 0) },
            },
            Card());
        using var session = new GeneratorSession(ModelPath);

        var error = Assert.Throws<AtelierException>(() => session.GatherStatistics(truncation));

        Assert.Equal(FailureKind.Usage, error.Kind);
    }

    [Fact]
    public void Open_OfSetsOfAnotherGenerator_IsRefused()
    {
        using var random = new Generator(Device.Cpu, 4);
        using var generator = new BigGanGenerator(Options, random);
        ModelFile.Write(
            ModelPath,
            new ModelParts(generator)
            {
                TruncationSets = new Dictionary<string, Tensor> { ["nowhere"] = Tensor.Ones([3, 2]) },
            },
            Card());

        var error = Assert.Throws<AtelierException>(() => new GeneratorSession(ModelPath));

        Assert.Contains("do not fit 'nowhere'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Draw_OfTheScaledNormal_IsTruncatedAtTwoAndThenScaled()
    {
        using var random = new Generator(Device.Cpu, 4);

        var latent = new ScaledNormalLatent().Draw(4000, 8, 0.4, random);

        Assert.InRange(latent.Abs().Max().Item(), 0.75, 0.8);
        // The normal truncated at 2 has variance 1 - 2*2*pdf(2)/(2*cdf(2)-1) = 0.7737; 32000 draws.
        Assert.Equal(0.4 * Math.Sqrt(0.7737), latent.Std().Item(), 0.005);
    }

    private static ModelCard Card() => new()
    {
        Family = "biggan", OptionsJson = BigGanFamily.ToJson(Options), ClassNames = ["a", "b", "c"],
    };
}
