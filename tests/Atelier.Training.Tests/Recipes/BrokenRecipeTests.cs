using System.Text;

namespace Atelier.Training.Tests.Recipes;

public sealed class BrokenRecipeTests
{
    [Theory]
    [MemberData(nameof(BrokenRecipes.Single), MemberType = typeof(BrokenRecipes))]
    public void Recipe_WithOneFault_SaysPlaceAndRemedy(string yaml, string expected) =>
        Assert.Equal([expected], RecipeFixture.Faults(yaml));

    [Fact]
    public void Recipe_WithManyFaults_ReportsAllInReadingOrder()
    {
        const string Yaml = """
            name: Bad Name
            los: hinge
            model:
              channels: none
              resolution: 33
              resolution: 32
            training:
              steps: 1.5
              generator: {lr: -1, beta3: 0}
            """;

        var places = RecipeFixture.Faults(Yaml).Select(
            fault => fault[..fault.IndexOf(": ", StringComparison.Ordinal)]);

        Assert.Equal(
            [
                "r.yaml:1:7", "r.yaml:2:1", "r.yaml:4:13", "r.yaml:5:15", "r.yaml:6:3", "r.yaml:8:10",
                "r.yaml:9:19", "r.yaml:9:23",
            ],
            places);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n# only a comment\n")]
    [InlineData("---\n...\n")]
    public void Recipe_Empty_SaysSo(string yaml) =>
        Assert.Equal(
            ["r.yaml:1:1: the recipe is empty; the least it needs is \"name: my-recipe\""],
            RecipeFixture.Faults(yaml));

    [Theory]
    [InlineData("hinge\n")]
    [InlineData("- name: x\n")]
    public void Recipe_NotAMapping_SaysSo(string yaml) =>
        Assert.Equal(
            ["r.yaml:1:1: the recipe is not a list of keys; it starts with \"name: my-recipe\""],
            RecipeFixture.Faults(yaml));

    [Fact]
    public void Recipe_WithoutName_SaysWhatIsMissing() =>
        Assert.Equal(
            ["r.yaml:1:1: the key \"name\" is missing, expected text"],
            RecipeFixture.Faults("loss: hinge\n"));

    [Theory]
    [InlineData("name: x\nmodel: {channels: 3\n", "r.yaml:3:1: this is not YAML: ")]
    [InlineData("name: x\nloss: \"hinge\n", "r.yaml:2:7: this is not YAML: ")]
    [InlineData("name: x\nmodel:\n   channels: 3\n  latent_size: 3\n", "r.yaml:4:3: this is not YAML: ")]
    [InlineData("name: x\nloss: @hinge\n", "r.yaml:2:7: this is not YAML: ")]
    [InlineData("name: x: y\n", "r.yaml:1:8: this is not YAML: ")]
    [InlineData("name: x\n]\n", "r.yaml:2:1: this is not YAML: ")]
    public void Recipe_WithWrongSyntax_SaysWhere(string yaml, string expected) =>
        Assert.StartsWith(expected, Assert.Single(RecipeFixture.Faults(yaml)), StringComparison.Ordinal);

    [Fact]
    public void Recipe_WithADirective_IsRefused() =>
        Assert.Equal(
            "r.yaml:1:1: directives (%YAML) are not used in recipes; delete the line",
            RecipeFixture.Faults("%YAML 1.1\n---\nname: x\n")[0]);

    [Fact]
    public void Recipe_NestedPastSixteenLevels_IsRefusedWhereItStarts()
    {
        var yaml = "name: x\nloss: " + new string('[', 16) + new string(']', 16) + "\n";

        Assert.Equal(
            ["r.yaml:2:22: nested deeper than 16 levels; a recipe needs 4"], RecipeFixture.Faults(yaml));
    }

    [Fact]
    public void Recipe_NestedAHundredThousandLevels_IsRefusedWithoutOverflow() =>
        Assert.Single(RecipeFixture.Faults("name: x\nloss: " + new string('[', 100_000)));

    [Fact]
    public void Recipe_OverOneMegabyte_IsRefused()
    {
        var yaml = "name: x\n#" + new string('a', 1 << 20);

        Assert.Equal(
            [$"r.yaml:1:1: the file has {yaml.Length} bytes, a recipe has at most 1048576 (1 MB)"],
            RecipeFixture.Faults(yaml));
    }

    [Fact]
    public void Recipe_NotUtf8_SaysWhichByte()
    {
        byte[] yaml = [.. "name: x\ndescription: caf"u8, 0xE9, .. "\n"u8];

        Assert.Equal(
            ["r.yaml:2:17: this byte is not UTF-8; save the recipe as UTF-8"], RecipeFixture.Faults(yaml));
    }

    [Fact]
    public void Recipe_WithTabsOnTwoLines_ReportsBoth()
    {
        var faults = RecipeFixture.Faults("name: x\n\tloss: hinge\n \t\tdata: 1\n");

        Assert.Equal(["r.yaml:2:1", "r.yaml:3:2"], faults.Select(fault => fault[..10]));
    }

    [Fact]
    public void Recipe_RandomlyMutated_NeverThrowsAnythingElse()
    {
        // 4,000 mutations of a good recipe with a fixed seed; each must resolve or give recipe faults with a
        // place.
        var good = Encoding.UTF8.GetBytes(RecipeFixture.Resolve("name: x\n").ToYaml());
        const string Noise = "[]{}:-#&*!|>'\"%@`,\n\t 0azZ\u00FF";
        var random = new Random(20_11);
        for (var i = 0; i < 4_000; i++)
        {
            var bytes = good.ToArray();
            for (var j = random.Next(1, 6); j > 0; j--)
                bytes[random.Next(bytes.Length)] = (byte)Noise[random.Next(Noise.Length)];
            try
            {
                Training.Recipes.RecipeResolver.Resolve(bytes, "r.yaml");
            }
            catch (Training.Recipes.RecipeException e)
            {
                Assert.All(
                    e.Faults, fault => Assert.Matches(@"^r\.yaml:[0-9]+:[0-9]+$", fault.Position.ToString()));
            }
        }
    }
}
