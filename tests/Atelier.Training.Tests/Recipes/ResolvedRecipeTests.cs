using System.Text;
using System.Text.Json;
using Atelier.Nn;
using Atelier.Torch;
using Atelier.Training.Loop;
using Atelier.Training.Recipes;

namespace Atelier.Training.Tests.Recipes;

public sealed class ResolvedRecipeTests
{
    private static string RecipesFolder => Path.Combine(AppContext.BaseDirectory, "recipes");

    public static TheoryData<string> Shipped => [.. new RecipeFolder(RecipesFolder).Names];

    [Theory]
    [MemberData(nameof(Shipped))]
    public void ShippedRecipe_Resolves_UnderItsFileName(string name)
    {
        var resolved = RecipeResolver.ResolveFile(new RecipeFolder(RecipesFolder).Find(name));

        Assert.Equal(name, resolved.Recipe.Name);
        Assert.NotEqual("", resolved.Recipe.Description);
    }

    [Theory]
    [MemberData(nameof(Shipped))]
    public void ShippedRecipe_PlansItsNetworks(string name)
    {
        var model = RecipeResolver.ResolveFile(new RecipeFolder(RecipesFolder).Find(name)).Recipe.Model;
        using var random = new Generator(Device.Cpu, 1);

        var blueprint = GanBlueprint.Blank(model, 3, 5);
        using var generator = blueprint.Family.CreateGenerator(blueprint.OptionsJson, random);
        using var discriminator = blueprint.Family.CreateDiscriminator(blueprint.OptionsJson, random);

        Assert.Equal(model.Resolution, generator.ImageSize);
        Assert.Equal(model.LatentSize, generator.LatentSize);
        Assert.True(discriminator.ParameterCount() > 100_000);
    }

    [Theory]
    [MemberData(nameof(Shipped))]
    public void Yaml_ReadAgain_GivesTheSameRecipe(string name)
    {
        var first = RecipeResolver.ResolveFile(new RecipeFolder(RecipesFolder).Find(name));

        var second = RecipeFixture.Resolve(first.ToYaml());

        Assert.Equal(first.ToYaml(), second.ToYaml());
        Assert.Equal(first.Sha256, second.Sha256);
        Assert.All(second.Values, value => Assert.Equal(OriginKind.Recipe, value.Origin));
    }

    [Fact]
    public void Yaml_WithAwkwardText_ReadsBackTheSame()
    {
        const string Text = "quote \" backslash \\ hash # colon: é 漢 \u0085 line\nnext\ttab";
        var first = RecipeFixture.Resolve("name: x\n", new() { Set = [$"description={Text}"] });

        Assert.Equal(Text, RecipeFixture.Resolve(first.ToYaml()).Recipe.Description);
    }

    [Fact]
    public void Sha256_OfEqualRecipes_IgnoresSpellingAndOrder()
    {
        var first = RecipeFixture.Resolve("name: x\nloss: hinge\ntraining: {generator: {lr: 2e-4}}\n");
        var second = RecipeFixture.Resolve("# why\ntraining:\n  generator:\n    lr: 0.0002\nname: \"x\"\n");
        var third = RecipeFixture.Resolve("name: x\ntraining: {generator: {lr: 3e-4}}\n");

        Assert.Equal(first.Sha256, second.Sha256);
        Assert.NotEqual(first.Sha256, third.Sha256);
    }

    [Fact]
    public void CanonicalJson_HasEveryFieldAtItsPath()
    {
        var resolved = RecipeFixture.Resolve("name: x\n");
        using var json = JsonDocument.Parse(resolved.ToCanonicalJson());

        foreach (var field in RecipeSchema.Default.Fields)
        {
            var node = json.RootElement;
            foreach (var part in field.Path.Split('.'))
                node = node.GetProperty(part);
        }

        Assert.Equal(64, json.RootElement.GetProperty("training").GetProperty("batch_size").GetInt32());
        Assert.DoesNotContain((byte)'\n', resolved.ToCanonicalJson());
    }

    [Fact]
    public void Binder_ReadsEveryFieldOfTheSchema()
    {
        var values = new RecipeValues(RecipeFixture.Resolve("name: x\n").Values);

        RecipeBinder.Bind(values);

        Assert.Empty(values.Unread);
    }

    [Fact]
    public void Schema_Defaults_ObeyTheirOwnRanges()
    {
        Assert.All(RecipeSchema.Default.Fields, field =>
        {
            Assert.NotEqual("", field.Doc);
            if (field.Default is null)
                Assert.True(field.Nullable, field.Path);
            if (field.Default is long whole)
                Assert.True(field.Allows(whole), field.Path);
            if (field.Default is double number)
                Assert.True(field.Allows(number), field.Path);
            if (field.Kind == FieldKind.Choice)
                Assert.Contains((string)field.Default!, field.Choices);
        });
    }

    [Fact]
    public void Cifar10_Recipe_IsThatOfTheReference()
    {
        // BigGAN-PyTorch, scripts/launch_cifar_ema.sh: 500 epochs of 50,000 images, 4 batches of 50 a step.
        var recipe =
            RecipeResolver.ResolveFile(new RecipeFolder(RecipesFolder).Find("biggan32-cifar10")).Recipe;

        Assert.Equal(500L * 50_000, recipe.Training.Steps * recipe.Training.ImagesPerStep);
        Assert.Equal((64, 128, 50, 4), (recipe.Model.Channels, recipe.Model.LatentSize,
            recipe.Training.BatchSize, recipe.Training.DiscriminatorSteps));
        Assert.Equal(new AdamOptions(2e-4, 0, 0.999, 1e-8), recipe.Training.Generator);
        Assert.Equal(recipe.Training.Generator, recipe.Training.Discriminator);
        Assert.Equal(new EmaSettings(0.9999, 1000, null), recipe.Training.Ema);
        Assert.Equal(WeightInitialization.Normal, recipe.Model.Initialization);
        Assert.False(recipe.Model.SharedEmbedding);
    }

    [Fact]
    public void Size_LeftOut_IsTheResolution() =>
        Assert.Equal(
            (ImageSize)64, RecipeFixture.Resolve("name: x\nmodel: {resolution: 64}\n").Recipe.Data.Size);

    [Fact]
    public void Bytes_WithByteOrderMarkAndCarriageReturns_AreRead()
    {
        byte[] bytes = [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes("name: x\r\nloss: hinge\r\n")];

        Assert.Equal("x", RecipeResolver.Resolve(bytes, "r.yaml").Recipe.Name);
    }

    [Fact]
    public void Find_MistypedName_SuggestsTheNearOne()
    {
        var failure = Assert.Throws<AtelierException>(
            () => new RecipeFolder(RecipesFolder).Find("bigan32-cifar10"));

        Assert.Equal(FailureKind.Usage, failure.Kind);
        Assert.Equal(
            "there is no recipe and no file \"bigan32-cifar10\"; did you mean \"biggan32-cifar10\"?",
            failure.Message);
    }

    [Fact]
    public void Find_MissingPath_SaysSo()
    {
        var failure = Assert.Throws<AtelierException>(
            () => new RecipeFolder(RecipesFolder).Find("./no.yaml"));

        Assert.StartsWith(
            "there is no recipe and no file \"./no.yaml\"", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LearningRate_DecayingLinearly_FallsFromOneTowardsZero()
    {
        var training =
            RecipeFixture.Resolve("name: x\ntraining: {steps: 10, lr_decay: linear}\n").Recipe.Training;

        Assert.Equal([1.0, 0.5, 0.1],
            new[] { 1L, 6, 10 }.Select(step => Math.Round(training.LearningRateFactor(step), 12)));
    }

    [Fact]
    public void EmaDecay_WithStartAndRamp_CopiesThenGrowsToTheDecay()
    {
        var ema = new EmaSettings(0.99, 100, 0.5);

        // Steps averaged: 1, 20 (horizon 10), 1000 (horizon 500, more than the decay's 100).
        Assert.Equal([0.0, 0.0, 0.9, 0.99],
            new[] { 99L, 100, 119, 1099 }.Select(step => Math.Round(ema.DecayAt(step), 12)));
        Assert.Equal(0.99, (ema with { Ramp = null }).DecayAt(100));
    }

    [Fact]
    public void Extras_OfARecipe_AreNamedInAFewWords()
    {
        const string Section = "training.regularisation.";
        string[] set =
        [
            "model.latent.name=uniform", "loss_margin=0.5", Section + "orthogonal.generator=1e-4",
            Section + "r1.gamma=10", Section + "r1.interval=16", Section + "dropout_keep=0.8",
            Section + "singular_values.mode=clamp", Section + "singular_values.ratio=1.5",
        ];

        Assert.Empty(RecipeExtras.Of(RecipeFixture.Resolve("name: x\n").Recipe));
        Assert.Equal(
            [
                "latents uniform", "margin 0.5", "orthogonal G 0.0001 (off_diagonal)",
                "R1 10 every 16 updates", "dropout, keeping 0.8",
                "singular values clamp at 1.5 times the second",
            ],
            RecipeExtras.Of(RecipeFixture.Resolve("name: x\n", new() { Set = set }).Recipe));
    }

    [Fact]
    public void Changes_BetweenRecipes_AreThoseValuesAndTheFixedOnesAreRefused()
    {
        var before = RecipeFixture.Resolve("name: x\n");
        var after = RecipeFixture.Resolve(
            "name: x\nmodel: {channels: 8}\ntraining: {seed: 3, batch_size: 8}\n");

        var changes = RecipeChange.Between(before, after);
        var failure = Assert.Throws<AtelierException>(() => RecipeChange.CheckResumable(changes));

        Assert.Equal(
            [
                "model.channels from 64 to 8", "training.batch_size from 64 to 8",
                "training.seed from 0 to 3",
            ],
            changes.Select(static c => c.ToString()));
        Assert.Equal(FailureKind.Usage, failure.Kind);
        Assert.StartsWith(
            "The run was begun with model.channels 64, training.seed 0 and cannot go on with " +
            "model.channels 8, training.seed 3: ", failure.Message, StringComparison.Ordinal);
        RecipeChange.CheckResumable([.. changes.Where(static c => c.Field.Path == "training.batch_size")]);
    }
}
