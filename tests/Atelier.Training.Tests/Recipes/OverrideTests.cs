using Atelier.Training.Recipes;

namespace Atelier.Training.Tests.Recipes;

public sealed class OverrideTests
{
    private const string Yaml = "name: x\ntraining:\n  batch_size: 16\n";

    private static readonly Dictionary<string, string> Environment = new()
    {
        ["ATELIER_TRAINING__BATCH_SIZE"] = "32",
        ["ATELIER_LIBTORCH"] = "/opt/libtorch",
        ["PATH"] = "/bin",
    };

    private static readonly string[] Set = ["training.batch_size=48", "training.batch_size=64"];
    private static readonly FlagOverride[] Flags = [new("--batch", "training.batch_size", "128")];

    [Theory]
    [InlineData(0, 64, OriginKind.Default, "default")]
    [InlineData(1, 16, OriginKind.Recipe, "r.yaml:3:15")]
    [InlineData(2, 32, OriginKind.Environment, "ATELIER_TRAINING__BATCH_SIZE")]
    [InlineData(3, 64, OriginKind.Set, "--set training.batch_size=64")]
    [InlineData(4, 128, OriginKind.Flag, "--batch")]
    public void Value_SetInSeveralPlaces_ComesFromTheStrongest(int level, int expected, OriginKind origin,
        string place)
    {
        var overrides = new RecipeOverrides
        {
            Environment = level >= 2 ? Environment : [],
            Set = level >= 3 ? Set : [],
            Flags = level >= 4 ? Flags : [],
        };

        var resolved = RecipeFixture.Resolve(level >= 1 ? Yaml : "name: x\n", overrides);

        var value = resolved.Values.Single(value => value.Field.Path == "training.batch_size");
        Assert.Equal(expected, resolved.Recipe.Training.BatchSize);
        Assert.Equal(origin, value.Origin);
        Assert.Equal(place, value.Position.ToString());
    }

    [Theory]
    [InlineData(
        "training.batchsize=64", "unknown key \"batchsize\" in \"training\"; did you mean \"batch_size\"?")]
    [InlineData("trainin.batch_size=64", "unknown key \"trainin\"; did you mean \"training\"?")]
    [InlineData(
        "batch_size=64",
        "unknown key \"batch_size\"; did you mean \"training.batch_size\" or "
        + "\"standing_statistics.batch_size\"?")]
    [InlineData(
        "training.batch_size=big", "training.batch_size is \"big\", expected a whole number from 1 to 65536")]
    [InlineData(
        "training.batch_size=", "training.batch_size has no value, expected a whole number from 1 to 65536")]
    [InlineData(
        "training.ema=0.9", "training.ema is a section; set one of its keys: decay, start_step, ramp")]
    [InlineData("data.flip=yes", "data.flip is yes, expected true or false, spelt just so")]
    [InlineData(
        "model.attention=[16",
        "model.attention is \"[16\", expected a list such as [16, 32] of whole numbers from 3 to 512")]
    [InlineData(
        "model.attention=16,x",
        "model.attention[1] is \"x\", expected a list such as [16, 32] of whole numbers from 3 to 512")]
    [InlineData("training.steps", "expected key=value, such as training.batch_size=64")]
    [InlineData("=3", "expected key=value, such as training.batch_size=64")]
    [InlineData(
        "name=A b",
        "name is \"A b\", expected up to 64 lower-case letters, digits and dashes, such as biggan32-cifar10")]
    public void Set_Wrong_IsReportedByTheSameRulesNamingTheOption(string assignment, string sentence) =>
        Assert.Equal(
            [$"--set {assignment}: {sentence}"], RecipeFixture.Faults(Yaml, new() { Set = [assignment] }));

    [Theory]
    [InlineData(
        "ATELIER_TRAINING__BATCHSIZE", "64",
        "unknown key \"batchsize\" in \"training\"; did you mean \"batch_size\"?")]
    [InlineData(
        "ATELIER_TRAINING__STEPS", "soon",
        "training.steps is \"soon\", expected a whole number from 1 to 100000000")]
    [InlineData("ATELIER_LOSS", "hing", "loss is \"hing\", expected one of hinge; did you mean \"hinge\"?")]
    public void Environment_Wrong_NamesTheVariable(string name, string value, string sentence) =>
        Assert.Equal(
            [$"{name}: {sentence}"],
            RecipeFixture.Faults(
                Yaml, new() { Environment = new Dictionary<string, string> { [name] = value } }));

    [Fact]
    public void Overrides_WrongBesideABrokenRecipe_AreReportedAfterIt()
    {
        var faults = RecipeFixture.Faults(
            "name: x\nlos: y\n",
            new() { Set = ["data.flip=1"], Flags = [new("--steps", "training.steps", "x")] });

        Assert.Equal(3, faults.Length);
        Assert.StartsWith("r.yaml:2:1: ", faults[0], StringComparison.Ordinal);
        Assert.StartsWith("--set data.flip=1: ", faults[1], StringComparison.Ordinal);
        Assert.StartsWith("--steps: ", faults[2], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[8, 16]", new[] { 8, 16 })]
    [InlineData("8,16", new[] { 8, 16 })]
    [InlineData("[]", new int[0])]
    public void Set_List_TakesBracketsOrCommas(string text, int[] expected)
    {
        var resolved = RecipeFixture.Resolve(Yaml, new() { Set = [$"model.attention={text}"] });

        Assert.Equal(expected, resolved.Recipe.Model.Attention);
    }

    [Fact]
    public void Set_Null_ClearsANullableValue()
    {
        var resolved = RecipeFixture.Resolve(Yaml, new() { Set = ["snapshots.metrics_every_steps=null"] });

        Assert.Null(resolved.Recipe.Snapshots.MetricsEverySteps);
    }

    [Fact]
    public void Set_Description_TakesAnyText()
    {
        var resolved = RecipeFixture.Resolve(Yaml, new() { Set = ["description=12 = no: #x"] });

        Assert.Equal("12 = no: #x", resolved.Recipe.Description);
    }
}
