using System.Text.Json;
using Atelier.Cli.Application;
using Atelier.Cli.Tests.Support;
using Atelier.Data;

namespace Atelier.Cli.Tests.Data;

public sealed class DataPackCommandTests : IDisposable
{
    private readonly CommandLine command = new();

    public DataPackCommandTests()
    {
        foreach (var (name, count) in new[] { ("ant", 4), ("bee", 8), ("cat", 2) })
        {
            Directory.CreateDirectory(In($"src/{name}"));
            for (var i = 0; i < count; i++)
                PictureFolder.WriteNoise(In($"src/{name}/{i}.png"), 16, 12, i);
        }
    }

    public void Dispose() => command.Dispose();

    [Fact]
    public void Pack_RectangleOfTwoClassesWithAPartHeldOut_IsWhatWasAskedFor()
    {
        var code = command.Run("data", "pack", In("src"), "-o", In("out.atl"), "--size", "8x6",
            "--classes", "bee,ant", "--max-per-class", "6", "--hold-out", "0.25", "--seed", "3", "--json");

        Assert.True(code == ExitCode.Ok, command.Error);
        using var dataset = PackedDataset.Open(In("out.atl"));
        Assert.Equal((8, 6, "area"), (dataset.Width, dataset.Height, dataset.Resizer));
        Assert.Equal(["bee", "ant"], dataset.ClassNames);
        Assert.Equal([("train", 7), ("val", 3)], dataset.Splits.Select(split => (split.Name, split.Count)));
        using var document = JsonDocument.Parse(command.Out);
        Assert.Equal(10, document.RootElement.GetProperty("count").GetInt32());
    }

    [Fact]
    public void Pack_IntoShards_MakesAFolderThatOpensAsADataset()
    {
        var code = command.Run("data", "pack", In("src"), "-o", In("out"), "--size", "8", "--fit",
            "letterbox", "--resize", "box", "--shard-bytes", "6K");

        Assert.True(code == ExitCode.Ok, command.Error);
        using var dataset = PackedDataset.Open(In("out"));
        Assert.Equal((14, "box+letterbox"), (dataset.Count, dataset.Resizer));
        Assert.InRange(dataset.Info().Shards, 2, 14);
    }

    [Fact]
    public void Pack_UnequalClasses_TellsTheirBalance()
    {
        command.Run("data", "pack", In("src"), "-o", In("out.atl"));

        Assert.Contains("images of a class: 2 (cat) to 8 (bee), 4.0 to 1", command.Out,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Pack_CoarseLabelsOfCifar_TakesThemAndTheirNames()
    {
        Directory.CreateDirectory(In("cifar"));
        // The binary version: the coarse label, the fine one, and 3072 bytes of pixels.
        byte[] images = [1, 2, .. new byte[3072], 0, 3, .. new byte[3072]];
        File.WriteAllBytes(In("cifar/train.bin"), images);
        File.WriteAllBytes(In("cifar/test.bin"), images[..3074]);
        File.WriteAllText(In("cifar/fine_label_names.txt"), "ant\nbee\ncat\ndog\n");
        File.WriteAllText(In("cifar/coarse_label_names.txt"), "mammals\ninsects\n");

        var code = command.Run("data", "pack", In("cifar"), "-o", In("out.atl"), "--labels", "coarse");

        Assert.True(code == ExitCode.Ok, command.Error);
        using var dataset = PackedDataset.Open(In("out.atl"));
        Assert.Equal(["mammals", "insects"], dataset.ClassNames);
        Assert.Equal([1, 0, 1], dataset.Labels.ToArray());
    }

    [Theory]
    [InlineData("--size", "8x", "a side such as 32, or width x height such as 64x48, each 4 to 4096")]
    [InlineData("--size", "3", "each 4 to 4096")]
    [InlineData("--shard-bytes", "2Q", "a number of bytes such as 1000000, 512M or 2G")]
    [InlineData("--classes", "ant,,bee", "class names such as cat,dog")]
    [InlineData("--classes", "ant,bea", "Did you mean 'bee'?")]
    [InlineData("--fit", "corp", "crop")]
    [InlineData("--labels", "course", "Did you mean 'coarse'?")]
    [InlineData("--labels", "coarse", "only CIFAR-100 has fine and coarse ones")]
    public void Pack_WrongValue_SaysWhatIsExpected(string option, string value, string expected)
    {
        var code = command.Run("data", "pack", In("src"), "-o", In("out.atl"), option, value);

        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains(expected, command.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(In("out.atl")));
    }

    private string In(string name) => Path.Combine(command.Folder.Path, name);
}
