using Atelier.Nn;
using Atelier.Tests;
using Atelier.Torch;

namespace Atelier.Gan.Tests;

/// <summary>What holds for every architecture at shapes that are no powers of two.</summary>
public sealed class EveryShapeTests : TensorTest
{
    private readonly Generator random = new(Device.Cpu, 5);

    public static TheoryData<string, string, bool> Shapes
    {
        get
        {
            var shapes = new TheoryData<string, string, bool>();
            foreach (var family in FamilyCatalogue.Names)
                foreach (var shape in new[] { "20x12", "24x24", "28x36", "48x64", "96x64" })
                {
                    shapes.Add(family, shape, true);
                    if (shape is "20x12" or "28x36") shapes.Add(family, shape, false);
                }

            return shapes;
        }
    }

    public static TheoryData<string> Families => [.. FamilyCatalogue.Names];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Networks_OfAShape_MakeAndJudgeItAndEveryWeightHasAGradient(
        string family, string text, bool conditional)
    {
        var request = Request(family, Parse(text)) with { IsConditional = conditional };
        var (found, json) = Family(family, request);
        using var generator = found.CreateGenerator(json, random);
        using var discriminator = found.CreateDiscriminator(json, random);
        var (width, height) = request.Resolution;
        // Attention starts with a factor of zero, and class tables may start without effect.
        foreach (var (name, tensor) in generator.NamedParameters().Concat(discriminator.NamedParameters()))
            if (name.Contains("gain", StringComparison.Ordinal) ||
                name.EndsWith("gamma", StringComparison.Ordinal))
            {
                using var noGrad = new NoGradScope();
                tensor.NormalInPlace(0.5, 0.2, random);
            }

        var classes = Tensor.FromArray<long>(conditional ? [2, 0, 1] : [0, 0, 0], 3);

        var images = generator.Generate(Tensor.Randn([3, 12], random), classes);
        var judged = discriminator.Discriminate(images, classes);
        Autograd.Backward(judged.Logits.Square().Sum() + images.Square().Sum());

        Assert.Equal([3, 3, height, width], images.Shape.ToArray());
        Assert.Equal([3, 1], judged.Logits.Shape.ToArray());
        Assert.Equal((request.Resolution, 3 * height * width), (generator.ImageSize, generator.ImageBytes));
        Assert.All(generator.NamedParameters().Concat(discriminator.NamedParameters()), static p =>
        {
            var size = p.Tensor.Grad?.Abs().Sum().Item() ?? 0;
            Assert.True(size > 0 && double.IsFinite(size), $"{p.Name}: {size}");
        });
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void ModelFile_OfARectangle_GivesTheSameImagesAndLogits(string family)
    {
        var request = Request(family, new ImageSize(36, 28));
        var (found, json) = Family(family, request);
        using var generator = found.CreateGenerator(json, random);
        using var discriminator = found.CreateDiscriminator(json, random);
        var path = Path.Combine(Folder, "wide.safetensors");
        ModelFile.Write(path, new ModelParts(generator) { Discriminator = discriminator }, new ModelCard
        {
            Family = family, OptionsJson = json, ClassNames = ["a", "b", "c"],
        });
        generator.Train(false);
        discriminator.Train(false);
        var (latent, classes) = (Tensor.Randn([2, 12], random), Tensor.FromArray<long>([1, 2], 2));

        using var session = new GeneratorSession(path);
        using var judge = new DiscriminatorSession(path);

        using var noGrad = new NoGradScope();
        var images = generator.Generate(latent, classes);
        Assert.Contains("\"resolution\":\"36x28\"", session.Card.OptionsJson, StringComparison.Ordinal);
        Assert.Equal(0, MaxDifference(images, session.Generator.Generate(latent, classes)));
        Assert.Equal(request.Resolution, judge.ImageSize);
        Assert.Equal(
            discriminator.Discriminate(images, classes).Logits.Reshape([-1]).ToArray<float>(),
            judge.Judge(images, classes));
        var drawn = session.Draw([0, 1, 2], null, random);
        Assert.Equal(3 * 3 * 28 * 36, drawn.Length);
    }

    [Theory]
    [InlineData(32, "\"resolution\":32,")]
    [InlineData(64, "\"resolution\":64,")]
    public void Options_OfASquare_AreWrittenAsEver(int side, string expected)
    {
        foreach (var family in FamilyCatalogue.Names)
            Assert.StartsWith(
                expected, Family(family, Request(family, side)).Json.TrimStart('{') is var text
                    ? text[text.IndexOf("\"resolution\"", StringComparison.Ordinal)..]
                    : "",
                StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"30x32\"", FailureKind.Usage)]
    [InlineData("\"64*48\"", FailureKind.Checkpoint)]
    [InlineData("\"32\"", FailureKind.Checkpoint)]
    [InlineData("32.5", FailureKind.Checkpoint)]
    [InlineData("[32, 32]", FailureKind.Checkpoint)]
    [InlineData("null", FailureKind.Checkpoint)]
    [InlineData("-2147483648", FailureKind.Usage)]
    public void Options_WithAnotherSize_AreRefused(string size, FailureKind kind)
    {
        var json = $$"""{"resolution": {{size}}}""";
        foreach (var family in FamilyCatalogue.Names)
            Assert.Equal(
                kind,
                Assert.Throws<AtelierException>(
                    () => FamilyCatalogue.Find(family).CreateGenerator(json, random)).Kind);
    }

    private static ImageSize Parse(string text) =>
        ImageSize.TryParse(text, out var shape) ? shape : throw new ArgumentException(text, nameof(text));

    /// <summary>z of 12 numbers divides into the chunks of 3, 4 and 5 stages with attention at every map's
    /// side but the image's.</summary>
    private static ArchitectureRequest Request(string family, ImageSize shape)
    {
        var plan = ShapePlan.Of(shape);
        IReadOnlyList<int> attention = family == "sngan" ? [] : [.. plan.LongSides.SkipLast(1)];
        return new ArchitectureRequest
        {
            Resolution = shape, ImageChannels = 3, ClassCount = 3, GeneratorChannels = 8,
            DiscriminatorChannels = 8, LatentSize = 12, SharedEmbeddingSize = 5,
            GeneratorAttentionResolutions = attention, DiscriminatorAttentionResolutions = attention,
            GeneratorSpectralNorm = family == "sngan" ? null : new SpectralNormOptions(),
            DiscriminatorSpectralNorm = new SpectralNormOptions(),
            Initialization = WeightInitialization.Xavier,
        };
    }

    private static (IGanFamily Family, string Json) Family(string name, ArchitectureRequest request)
    {
        var family = FamilyCatalogue.Find(name);
        return (family, family.OptionsJson(request));
    }
}
