using Atelier.Nn;
using Atelier.Tests;
using Atelier.Torch;

namespace Atelier.Gan.Tests;

/// <summary>What holds for every architecture of the catalogue, so that a new one meets it unasked.</summary>
public sealed class EveryFamilyTests : TensorTest
{
    private readonly Generator random = new(Device.Cpu, 3);

    public static TheoryData<string> Families => [.. FamilyCatalogue.Names];

    public static TheoryData<string, int> Plans
    {
        get
        {
            var plans = new TheoryData<string, int>();
            foreach (var family in FamilyCatalogue.Names)
                foreach (var resolution in new[] { 32, 64, 128, 256, 512 })
                    plans.Add(family, resolution);
            return plans;
        }
    }

    [Theory]
    [MemberData(nameof(Plans))]
    public void Networks_OfEveryPlan_GiveImagesAndLogits(string family, int resolution)
    {
        var request = Request(family) with { Resolution = resolution, ImageChannels = 4 };
        using var generator = NewGenerator(family, request);
        using var discriminator = NewDiscriminator(family, request);
        using var noGrad = new NoGradScope();

        var images = generator.Generate(Tensor.Randn([1, 6], random), Tensor.FromArray<long>([2], 1));
        var judged = discriminator.Discriminate(images, Tensor.FromArray<long>([2], 1));

        Assert.Equal([1, 4, resolution, resolution], images.Shape.ToArray());
        Assert.Equal([1, 1], judged.Logits.Shape.ToArray());
        Assert.Equal(resolution, generator.Resolution);
        Assert.InRange(images.Abs().Max().Item(), 1e-6, 1);
        Assert.True(double.IsFinite(judged.Logits.Sum().Item()));
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Networks_WithClasses_DependOnThem(string family)
    {
        using var generator = NewGenerator(family, Request(family));
        using var discriminator = NewDiscriminator(family, Request(family));
        using var noGrad = new NoGradScope();
        // Class tables may start without effect.
        foreach (var (name, tensor) in generator.NamedParameters())
            if (name.Contains("gain", StringComparison.Ordinal)) tensor.NormalInPlace(0, 1, random);
        generator.Train(false);
        discriminator.Train(false);
        var latent = Tensor.Randn([1, 6], random);

        var images = ImagesOf(generator, latent);

        Assert.True(MaxDifference(images[0], images[1]) > 1e-4);
        var logits = Enumerable.Range(0, 2).Select(c => LogitOf(discriminator, images[0], c)).ToArray();
        Assert.True(MaxDifference(logits[0], logits[1]) > 0);
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Networks_WithoutClasses_KnowOneThatChangesNothing(string family)
    {
        var request = Request(family) with { IsConditional = false, ClassCount = 7, ImageChannels = 1 };
        using var generator = NewGenerator(family, request);
        using var discriminator = NewDiscriminator(family, request);
        using var noGrad = new NoGradScope();
        generator.Train(false);
        discriminator.Train(false);

        var images = ImagesOf(generator, Tensor.Randn([1, 6], random));

        Assert.Equal(1, generator.ClassCount);
        Assert.False(generator.IsConditional);
        Assert.Equal(["all"], generator.NamesOf(["a", "b", "c", "d", "e", "f", "g"]));
        Assert.Equal(0, MaxDifference(images[0], images[1]));
        var logits = new[] { 0, 6 }.Select(c => LogitOf(discriminator, images[0], c)).ToArray();
        Assert.Equal(0, MaxDifference(logits[0], logits[1]));
        Assert.DoesNotContain(
            generator.NamedParameters().Concat(discriminator.NamedParameters()),
            p => p.Name is "embedding.weight" or "shared.weight");
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void TwoTrainingSteps_ChangeEveryWeightsTensorAndStayFinite(string family)
    {
        using var generator = NewGenerator(family, Request(family));
        using var discriminator = NewDiscriminator(family, Request(family));
        using var adamG = new Adam(generator.NamedParameters(), new AdamOptions(1e-3));
        using var adamD = new Adam(discriminator.NamedParameters(), new AdamOptions(1e-3));
        var before = generator.NamedParameters().Concat(discriminator.NamedParameters())
            .Select(p => p.Tensor.Detach().Clone()).ToList();
        var loss = new HingeLoss();
        var classes = Tensor.FromArray<long>([0, 1, 2, 1], 4);

        for (var step = 0; step < 2; step++)
        {
            discriminator.ZeroGrad();
            var fake = generator.Generate(Tensor.Randn([4, 6], random), classes);
            var onFake = discriminator.Discriminate(fake.Detach(), classes).Logits;
            var onReal = discriminator.Discriminate(Tensor.Randn([4, 3, 32, 32], random), classes).Logits;
            var judged = loss.DiscriminatorOnFake(onFake) + loss.DiscriminatorOnReal(onReal);
            Autograd.Backward(judged);
            adamD.Step();
            generator.ZeroGrad();
            var made = loss.Generator(discriminator.Discriminate(fake, classes).Logits);
            Autograd.Backward(made);
            adamG.Step();
            Assert.True(double.IsFinite(judged.Item()) && double.IsFinite(made.Item()));
        }

        var after = generator.NamedParameters().Concat(discriminator.NamedParameters()).ToList();
        for (var k = 0; k < before.Count; k++)
        {
            Assert.True(double.IsFinite(after[k].Tensor.Sum().Item()), after[k].Name);
            // D's last bias stays while the hinge's two halves pull it equally.
            if (after[k].Name != "linear.bias")
                Assert.True(MaxDifference(before[k], after[k].Tensor) > 0, after[k].Name);
        }
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Options_ThatLeaveEverythingOut_AreTheDefaults(string family)
    {
        using var generator = FamilyCatalogue.Find(family).CreateGenerator(
            """{"generator_channels": 2, "latent_size": 9, "attention_resolutions": []}""", random);

        Assert.Equal(9, generator.LatentSize);
        Assert.Equal(10, generator.ClassCount);
        Assert.True(generator.IsConditional);
    }

    [Theory]
    [InlineData("""{"no_such_option": 1}""")]
    [InlineData("""{"resolution": "wide"}""")]
    [InlineData("[]")]
    [InlineData("{")]
    public void Options_ThatCannotBeRead_AreRefusedByEveryFamily(string json)
    {
        foreach (var family in FamilyCatalogue.Names)
            Assert.Equal(
                FailureKind.Checkpoint,
                Assert.Throws<AtelierException>(
                    () => FamilyCatalogue.Find(family).CreateGenerator(json, random)).Kind);
    }

    private static Tensor[] ImagesOf(GeneratorNetwork generator, Tensor latent) =>
        [generator.Generate(latent, Tensor.FromArray<long>([0], 1)),
            generator.Generate(latent, Tensor.FromArray<long>([generator.IsConditional ? 2 : 0], 1))];

    private static Tensor LogitOf(DiscriminatorNetwork discriminator, Tensor image, long id) =>
        discriminator.Discriminate(image, Tensor.FromArray<long>([id], 1)).Logits;

    private static ArchitectureRequest Request(string family) => new()
    {
        Resolution = 32, ImageChannels = 3, ClassCount = 3, GeneratorChannels = 4, DiscriminatorChannels = 3,
        LatentSize = 6, SharedEmbeddingSize = 5,
        GeneratorSpectralNorm = family == "sngan" ? null : new SpectralNormOptions(),
        DiscriminatorSpectralNorm = new SpectralNormOptions(),
    };

    private GeneratorNetwork NewGenerator(string family, ArchitectureRequest request)
    {
        var found = FamilyCatalogue.Find(family);
        return found.CreateGenerator(found.OptionsJson(request), random);
    }

    private DiscriminatorNetwork NewDiscriminator(string family, ArchitectureRequest request)
    {
        var found = FamilyCatalogue.Find(family);
        return found.CreateDiscriminator(found.OptionsJson(request), random);
    }
}
