using System.Text.RegularExpressions;

namespace Atelier.Architecture.Tests;

/// <summary>The walls of the house, as docs/architecture.md states them.</summary>
public sealed partial class WallTests
{
    private static readonly string[] TopDown =
    [
        "Atelier.Torch", "Atelier.Nn", "Atelier.Data", "Atelier.Gan", "Atelier.Metrics",
        "Atelier.Training", "Atelier.Cli", "Atelier.Studio",
    ];

    public static TheoryData<string> Projects => [.. TopDown.Where(IsThere)];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Project_OfTheHouse_KnowsOnlyThoseAboveIt(string project)
    {
        var place = Array.IndexOf(TopDown, project);

        Assert.All(Repository.References(project), other =>
            Assert.InRange(Array.IndexOf(TopDown, other), 0, place - 1));
    }

    [Fact]
    public void Metrics_OfTheHouse_KnowNeitherGanNorTraining() => Assert.DoesNotContain(
        Repository.References("Atelier.Metrics"), other => other is "Atelier.Gan" or "Atelier.Training");

    [Fact]
    public void Gan_OfTheHouse_KnowsNoDataset() =>
        Assert.DoesNotContain("Atelier.Data", Repository.References("Atelier.Gan"));

    [Fact]
    public void House_OnDisk_HasNoProjectWithoutAPlaceInTheList()
    {
        var unknown = Directory.EnumerateDirectories(Repository.Under("src")).Select(Path.GetFileName)
            .Where(name => !TopDown.Contains(name) && name != "Atelier.Torch.Generators");

        Assert.Empty(unknown);
    }

    [Fact]
    public void Model_InItsFile_KnowsNoLossDeviceOrDataset() =>
        Assert.Empty(SourceText.Offenders(Needed("src/Atelier.Gan/Models"), LossDeviceOrDataset()));

    [Fact]
    public void Loss_InItsFile_KnowsLogitsOnly() =>
        Assert.Empty(SourceText.Offenders(Needed("src/Atelier.Gan/Losses"), MoreThanLogits()));

    [Fact]
    public void CommandLine_InItsFiles_HoldsNoTensorArithmetic() =>
        Assert.Empty(SourceText.Offenders(Repository.Files("src/Atelier.Cli", "*.cs"), TensorArithmetic()));

    [Fact]
    public void Console_OfTheProcess_IsUsedByTheCommandLineOnly()
    {
        var files = Repository.Files("src", "*.cs")
            .Where(path =>
                !Repository.Relative(path).StartsWith("src/Atelier.Cli/", StringComparison.Ordinal));

        Assert.Empty(SourceText.Offenders(files, ConsoleUse()));
    }

    private static bool IsThere(string project) => Directory.Exists(Repository.Under("src", project));

    private static IReadOnlyList<string> Needed(string folder)
    {
        var files = Repository.Files(folder, "*.cs");
        Assert.SkipWhen(files.Count == 0, $"{folder} is not there yet");
        return files;
    }

    [GeneratedRegex(
        @"\bAtelier\.(Gan\.Losses|Data|Training|Metrics)\b|\bI?\w*Loss\b|\bDevice\b|\b\w*Dataset\b")]
    private static partial Regex LossDeviceOrDataset();

    [GeneratedRegex(
        @"\bAtelier\.(Gan\.Models|Data|Nn|Training|Metrics)\b|\bDevice\b|\b\w*Dataset\b|\bModule\b")]
    private static partial Regex MoreThanLogits();

    [GeneratedRegex(
        @"\b(Aten|Autograd)\.|\bTensor\.\w+\(|\.(MatMul|Conv2d|Softmax|Relu|Tanh|Backward|ToArray<float>)\(")]
    private static partial Regex TensorArithmetic();

    [GeneratedRegex(@"(?<![\w.])Console\.\w+")]
    private static partial Regex ConsoleUse();
}
