using Atelier.Gan.BigGan;
using Atelier.Tests;
using Atelier.Torch;
using Atelier.Torch.Safetensors;

namespace Atelier.Gan.Tests;

public sealed class GeneratorSessionTests : TensorTest
{
    private static readonly BigGanOptions Options = new()
    {
        ImageChannels = 1, ClassCount = 3, GeneratorChannels = 2, DiscriminatorChannels = 2,
        // Of 16, because libtorch draws normals in blocks of 16: so the first latents do not depend on how
        // many there are.
        LatentSize = 16,
    };


    [Fact]
    public void Draw_WithStandingStatistics_DoesNotDependOnTheBatch()
    {
        using var session = Open();
        session.GatherStatistics(null);

        var together = Draw(session, [0, 1, 2, 1]);
        var alone = Draw(session, [0]);

        AssertNearBytes(alone, together[..alone.Length]);
    }

    [Fact]
    public void GatherStatistics_Twice_GivesTheSameImages()
    {
        using var session = Open();
        session.GatherStatistics(0.5);
        var first = Draw(session, [2, 1]);

        session.GatherStatistics(0.5);

        Assert.Equal(first, Draw(session, [2, 1]));
    }

    [Fact]
    public void Draw_AtAnotherTruncationThanTheStatistics_GathersThemThere()
    {
        using var session = Open();
        session.GatherStatistics(0.2);
        var wanted = DrawAt(session, 0.2);
        session.GatherStatistics(null);

        Assert.Equal(wanted, DrawAt(session, 0.2));
        // And the statistics do matter: those of the wide latents would have given something else.
        StandingStatistics.Gather(
            session.Generator, session.Card.StandingStatistics, null, 7,
            TestContext.Current.CancellationToken);
        Assert.NotEqual(wanted, DrawAt(session, 0.2));
    }

    [Fact]
    public void Draw_OfAFileWithStandingStatistics_GivesWhatGatheringThemGives()
    {
        using var gathering = Open();
        gathering.GatherStatistics(null);
        ModelFile.Write(
            Path.Combine(Folder, "settled.safetensors"), gathering.Generator,
            gathering.Card with { HasStandingStatistics = true });
        using var session = new GeneratorSession(Path.Combine(Folder, "settled.safetensors"));

        session.GatherStatistics(null);

        Assert.Equal(DrawAt(gathering, null), DrawAt(session, null));
        Assert.Equal(DrawAt(gathering, 0.2), DrawAt(session, 0.2));
        Assert.Equal(DrawAt(gathering, null), DrawAt(session, null));
    }

    [Fact]
    public void GatherStatistics_OfAFileWithStandingStatistics_TakesThoseOfTheFile()
    {
        using var gathering = Open();
        var path = Path.Combine(Folder, "marked.safetensors");
        using (var noGrad = new NoGradScope())
            foreach (var (_, buffer) in gathering.Generator.NamedBuffers())
                buffer.MulInPlace(0).AddInPlace(0.75);
        ModelFile.Write(path, gathering.Generator, gathering.Card with { HasStandingStatistics = true });
        using var session = new GeneratorSession(path);

        session.GatherStatistics(null);

        Assert.All(
            session.Generator.NamedBuffers(), static b => Assert.Equal(0.75f, b.Tensor.Max().Item()));
    }

    private static byte[] DrawAt(GeneratorSession session, double? threshold)
    {
        using var random = new Generator(Device.Cpu, 2);
        return session.Draw([2, 1], threshold, random);
    }

    [Fact]
    public void GatherStatistics_LeavesTheWeightsAndSpectralVectorsAlone()
    {
        using var session = Open();
        var before = session.Generator.State()
            .Where(s => !s.Name.Contains("running", StringComparison.Ordinal))
            .ToDictionary(s => s.Name, s => s.Tensor.ToArray<float>());

        session.GatherStatistics(null);

        foreach (var (name, tensor) in session.Generator.State())
            if (before.TryGetValue(name, out var values))
                Assert.Equal(values, tensor.ToArray<float>());
    }

    [Fact]
    public void DrawInterpolation_BeginsAndEndsAtThePlainImages()
    {
        using var session = Open();
        session.GatherStatistics(null);
        using var random = new Generator(Device.Cpu, 5);

        var strip = session.DrawInterpolation(Between([(1, 1)], latent: true), 4, random);

        random.Seed(5);
        var imageBytes = strip.Length / 4;
        var first = session.Draw([1], null, random);
        var last = session.Draw([1], null, random);
        AssertNearBytes(first, strip[..imageBytes]);
        AssertNearBytes(last, strip[^imageBytes..]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void DrawInterpolation_BetweenClasses_BeginsAndEndsAtTheirImagesOfOneLatent(bool isShared)
    {
        using var session = Open(Options with { HasSharedEmbedding = isShared, SharedEmbeddingSize = 5 });
        session.GatherStatistics(null);
        using var random = new Generator(Device.Cpu, 5);

        var strip = session.DrawInterpolation(Between([(2, 0)], latent: false), 3, random);

        var imageBytes = strip.Length / 3;
        var (first, last) = (strip[..imageBytes], strip[^imageBytes..]);
        var middle = strip[imageBytes..^imageBytes];
        random.Seed(5);
        AssertNearBytes(session.Draw([2], null, random), first);
        random.Seed(5);
        AssertNearBytes(session.Draw([0], null, random), last);
        Assert.NotEqual(first, last);
        Assert.NotEqual(first, middle);
        Assert.NotEqual(last, middle);
    }

    [Fact]
    public void DrawInterpolation_InMoreSteps_KeepsTheEnds()
    {
        using var session = Open();
        session.GatherStatistics(null);
        byte[] Strip(int steps)
        {
            using var random = new Generator(Device.Cpu, 8);
            return session.DrawInterpolation(Between([(1, 1)], latent: true), steps, random);
        }

        var (few, many) = (Strip(2), Strip(5));

        var imageBytes = few.Length / 2;
        AssertNearBytes(few[..imageBytes], many[..imageBytes]);
        AssertNearBytes(few[imageBytes..], many[^imageBytes..]);
    }

    [Fact]
    public void WriteFromInputs_FeedsTheTensorsAsTheyAre()
    {
        using var session = Open();
        using var random = new Generator(Device.Cpu, 6);
        var latent = Tensor.Randn([5, 16], random) * 3;
        var classes = Tensor.FromArray<long>([2, 0, 1, 1, 2], 5);
        var (input, output) = (Path.Combine(Folder, "in"), Path.Combine(Folder, "out"));
        SafetensorsWriter.Write(input, [("z", latent), ("y", classes)]);

        RawImages.WriteFromInputs(session, input, output);

        using var file = SafetensorsFile.Open(output);
        using var noGrad = new NoGradScope();
        Assert.InRange(
            MaxDifference(session.Generator.Generate(latent, classes), file.Read("images")), 0, 1e-6);
    }

    [Fact]
    public void WriteFromInputs_OfAWrongLatentSize_NamesBothShapes()
    {
        using var session = Open();
        var input = Path.Combine(Folder, "in");
        SafetensorsWriter.Write(
            input, [("z", Tensor.Ones([5, 7])), ("y", Tensor.FromArray<long>([0, 0, 0, 0, 0], 5))]);

        var error = Assert.Throws<AtelierException>(
            () => RawImages.WriteFromInputs(session, input, Path.Combine(Folder, "o")));

        Assert.Contains("[5, 7]", error.Message, StringComparison.Ordinal);
        Assert.Contains("[N, 16]", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(Folder, "o")));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(-1)]
    public void Draw_OfAClassThatDoesNotExist_IsRefused(int id)
    {
        using var session = Open();

        var error = Assert.Throws<AtelierException>(() => Draw(session, [0, id]));

        Assert.Equal(FailureKind.Usage, error.Kind);
        Assert.Contains("3 classes", error.Message, StringComparison.Ordinal);
    }

    private static InterpolationPlan Between(IReadOnlyList<(int, int)> rows, bool latent) =>
        new() { Rows = rows, MovesLatent = latent, MovesClass = !latent };

    private static byte[] Draw(GeneratorSession session, IReadOnlyList<int> classes)
    {
        using var random = new Generator(Device.Cpu, 9);
        return session.Draw(classes, null, random);
    }

    /// <summary>Kernels may sum in another order for another batch size: one grey level at most.</summary>
    private static void AssertNearBytes(byte[] expected, byte[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var k = 0; k < expected.Length; k++) Assert.InRange(actual[k] - expected[k], -1, 1);
    }

    private GeneratorSession Open() => Open(Options);

    private GeneratorSession Open(BigGanOptions options)
    {
        var path = Path.Combine(Folder, "model.safetensors");
        using var random = new Generator(Device.Cpu, 4);
        using var generator = new BigGanGenerator(options, random);
        ModelFile.Write(path, generator, new ModelCard
        {
            Family = "biggan", OptionsJson = BigGanFamily.ToJson(options), ClassNames = ["a", "b", "c"],
            StandingStatistics = new StandingStatisticsOptions(3, 8),
        });
        return new GeneratorSession(path);
    }
}
