using System.Text.Json.Nodes;
using Atelier.Cli.Application;
using Atelier.Cli.Tests.Support;
using Atelier.Tests;

namespace Atelier.Cli.Tests.Backbones;

public sealed class BackboneCommandTests : IDisposable
{
    private readonly CommandLine line = new();

    public BackboneCommandTests() => line.With("XDG_DATA_HOME", Data);

    private string Data => Path.Combine(line.Folder.Path, "data");

    public void Dispose() => line.Dispose();

    [Fact]
    public void List_WithoutImports_NamesEveryNetworkAsNotHere()
    {
        var code = line.Run("backbone", "list", "--json");

        Assert.Equal(ExitCode.Ok, code);
        var rows = JsonNode.Parse(line.Out)!["backbones"]!.AsArray();
        Assert.Equal(
            ["inception-fid", "inception-v3", "resnet50", "vgg16", "swin-t", "dino-vits8", "swav-resnet50"],
            rows.Select(static row => (string)row!["name"]!));
        Assert.All(rows, static row => Assert.False((bool)row!["isHere"]!));
        Assert.Equal("clean;299;symmetric", (string)rows[0]!["preprocessing"]!);
        Assert.Equal(1008, (int)rows[0]!["classes"]!);
    }

    [Fact]
    public void Import_OfAnUnknownName_SuggestsTheNearest()
    {
        var code = line.Run("backbone", "import", "resnet-50", "x.pth");

        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains("Did you mean 'resnet50'?", line.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Import_OfAMissingFile_IsRefused()
    {
        var code = line.Run("backbone", "import", "resnet50", Path.Combine(line.Folder.Path, "none.pth"));

        Assert.Equal(ExitCode.Checkpoint, code);
        Assert.Contains("none.pth", line.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Import_OfAnotherNetworksWeights_ShowsTheDifferencesAndWritesNothing()
    {
        var generator = Path.Combine(
            AppContext.BaseDirectory, "Golden", "import", "biggan32-flat", "G.pth");

        var code = line.Run("backbone", "import", "resnet50", generator);

        Assert.Equal(ExitCode.Checkpoint, code);
        Assert.Contains(
            "is not of resnet50: 0 tensors fit, 267 missing (conv1.weight, bn1.weight, bn1.bias, …); ",
            line.Error, StringComparison.Ordinal);
        Assert.Contains("'atelier backbone fetch resnet50' brings", line.Error, StringComparison.Ordinal);
        Assert.Matches("conv1.weight +missing", line.Out);
        Assert.Matches("linear.weight +extra", line.Out);
        Assert.False(Directory.Exists(Data));
    }

    [Fact]
    public void Fetch_WithoutANetwork_SaysHowToBringTheFile()
    {
        Uri gone;
        using (var server = new LoopbackServer([1, 2, 3])) gone = server.Url;

        var code = line.Run("backbone", "fetch", "swin-t", "--from", gone.ToString());

        Assert.Equal(ExitCode.Other, code);
        Assert.Contains("expected SHA-256 704ceda3", line.Error, StringComparison.Ordinal);
        Assert.Contains(
            "bring https://download.pytorch.org/models/swin_t-704ceda3.pth by other means, then run 'atelier "
            + "backbone import swin-t FILE'", line.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Fetch_OfAnotherFile_IsRefusedAndKeepsNothing()
    {
        using var server = new LoopbackServer([1, 2, 3]);

        var code = line.Run("backbone", "fetch", "swin-t", "--from", server.Url.ToString());

        Assert.Equal(ExitCode.Checkpoint, code);
        Assert.Contains("gave 3 bytes with SHA-256 039058c6f2c0cb49", line.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(Data, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void Fetch_FromAnAddressThatIsNone_IsRefused()
    {
        var code = line.Run("backbone", "fetch", "swin-t", "--from", "ftp://somewhere/x");

        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains("begins with https://", line.Error, StringComparison.Ordinal);
    }
}
