using System.Buffers.Binary;
using System.Text.Json;
using Atelier.Cli.Application;
using Atelier.Cli.Tests.Support;
using Atelier.Data;
using Atelier.Data.Decoding;
using Atelier.Data.Pictures;
using Atelier.Data.Resizing;
using Atelier.Torch;
using Atelier.Torch.Safetensors;

namespace Atelier.Cli.Tests.Train;

/// <summary>Images of 20x12, from a folder of pictures to what a model of them draws and judges.</summary>
public sealed class RectangleCommandTests : IDisposable
{
    private const string Shape = "model.resolution=20x12";
    private readonly TinyWorkshop workshop = new();
    private readonly string images;

    public RectangleCommandTests()
    {
        TorchRuntime.ThreadCount = 1;
        images = workshop.In("wide");
        var random = new Random(3);
        foreach (var name in (string[])["bag", "coat"])
            for (var k = 0; k < 8; k++)
            {
                var pixels = new byte[22 * 14];
                random.NextBytes(pixels);
                var folder = Directory.CreateDirectory(Path.Combine(images, name));
                PngWriter.Write(
                    Path.Combine(folder.FullName, $"{k}.png"), new RasterImage(22, 14, 1, pixels));
            }
    }

    [Fact]
    public void Train_OnAFolder_GivesAModelThatEveryCommandTakes()
    {
        Ok(
            "train", "--recipe", workshop.Recipe, "--data", images, "--out", workshop.Run, "--steps", "6",
            "--set", Shape);
        Ok(
            "train", "--recipe", workshop.Recipe, "--data", images, "--out", workshop.Run, "--steps", "8",
            "--resume", "auto", "--set", Shape);
        var packed = Path.Combine(workshop.Run, "dataset.atl");
        using (var dataset = PackedDataset.Open(packed))
            Assert.Equal((12, 20), (dataset.Height, dataset.Width));

        Ok("sample", workshop.Run, "--per-class", "3", "-o", In("grid.png"));
        Ok("sample", workshop.Run, "--count", "6", "--raw", In("raw"));
        // Two rows of three, each pixel enlarged alike, behind the classes' names.
        var grid = ImageReader.ReadHeader(File.ReadAllBytes(In("grid.png")));
        Assert.True(grid.Width > 3 * 20 && grid.Width > 2 * grid.Height, $"{grid}");
        using (var raw = SafetensorsFile.Open(In("raw")))
            Assert.Equal([6, 1, 12, 20], raw.Entry("images").Shape);

        Ok(
            "interpolate", workshop.Run, "--steps", "5", "--rows", "1", "--frames", "3", "-o", In("row.png"),
            "--animation", In("film.png"));
        var row = ImageReader.ReadHeader(File.ReadAllBytes(In("row.png")));
        Assert.True(row.Width > 5 * row.Height, $"{row}");
        var film = File.ReadAllBytes(In("film.png"));
        Assert.True(
            BinaryPrimitives.ReadInt32BigEndian(film.AsSpan(16)) >
            BinaryPrimitives.ReadInt32BigEndian(film.AsSpan(20)));

        using (var scope = new TensorScope())
        using (var random = new Generator(Device.Cpu, 2))
        {
            SafetensorsWriter.Write(
                In("in"),
                [("z", Tensor.Randn([3, 4], random)), ("y", Tensor.FromArray<long>([0, 1, 1], 3))]);
            SafetensorsWriter.Write(
                In("x"),
                [("x", Tensor.Randn([3, 1, 12, 20], random)), ("y", Tensor.FromArray<long>([0, 1, 1], 3))]);
            SafetensorsWriter.Write(
                In("turned"),
                [("x", Tensor.Randn([3, 1, 20, 12], random)), ("y", Tensor.FromArray<long>([0, 1, 1], 3))]);
        }

        Ok("sample", workshop.Run, "--inputs", In("in"), "--raw", In("out"));
        using (var outputs = SafetensorsFile.Open(In("out")))
            Assert.Equal([3, 1, 12, 20], outputs.Entry("images").Shape);
        Ok("score", workshop.Run, "--inputs", In("x"), "--raw", In("logits"));
        Assert.Contains(
            "needs x [N, 1, 12, 20]",
            Fails(ExitCode.Usage, "score", workshop.Run, "--inputs", In("turned"), "--raw", In("l")),
            StringComparison.Ordinal);
        Assert.Equal(16, Ok("score", workshop.Run, "--images", images).GetProperty("count").GetInt32());
        Ok("neighbours", workshop.Run, "--data", packed, "--by", "pixels", "-o", In("n.png"));

        Assert.Contains(
            "images of 1x12x20 and", Fails(
                ExitCode.Usage, "neighbours", workshop.Run, "--data", workshop.Data, "--by", "pixels"),
            StringComparison.Ordinal);
        Assert.Contains(
            "No shipped evaluation classifier fits 1x12x20",
            Fails(ExitCode.Usage, "eval", workshop.Run, "--data", packed), StringComparison.Ordinal);
        Assert.Contains(
            "the model judges 1 channel and 20x12",
            Fails(ExitCode.Dataset, "score", workshop.Run, "--images", Pack(24, 16)),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Train_OnImagesOfAnotherShape_EndsWithUsage()
    {
        var error = Fails(
            ExitCode.Usage,
            "train", "--recipe", workshop.Recipe, "--data", workshop.Data, "--out", workshop.Run,
            "--set", Shape);

        Assert.Contains(
            "has images of 32x32 pixels and the recipe makes 20x12. Pack the dataset with --size 20x12, or " +
            "set model.resolution to 32.", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Train_AtASizeWithoutAPlan_NamesTheNearest() => Assert.Contains(
        "model.resolution is 100x60: 2 halvings lead to 25x15, and a first map has sides from 3 to 16; " +
        "nearest: 96x56 and 104x64",
        Fails(
            ExitCode.Usage,
            "train", "--recipe", workshop.Recipe, "--data", workshop.Data, "--out", workshop.Run,
            "--set", "model.resolution=100x60"),
        StringComparison.Ordinal);

    [Fact]
    public void RecipesShow_OfARectangle_ShowsItsMaps()
    {
        using var line = new CommandLine();
        line.Run("recipes", "show", workshop.Recipe, "--layers", "--set", Shape, "--image-channels", "1");

        Assert.Contains("(biggan, 20x12 px, 1 image channel, ", line.Out, StringComparison.Ordinal);
        Assert.Contains(" 1x12x20 ", line.Out, StringComparison.Ordinal);
        Assert.Contains(" 4x3x5 ", line.Out, StringComparison.Ordinal);
    }

    public void Dispose() => workshop.Dispose();

    private string Pack(int width, int height)
    {
        using var source = DatasetOpener.OpenSource(images);
        DatasetPacker.Pack(
            source, In("other.atl"), new PackOptions { Size = new ImageSize(width, height), Threads = 1 });
        return In("other.atl");
    }

    private string In(string name) => workshop.In(name);

    private static JsonElement Ok(params string[] words)
    {
        using var line = new CommandLine();
        var code = line.Run([.. words, "--json"]);
        Assert.True(code == ExitCode.Ok, $"{string.Join(' ', words)}: {code}\n{line.Error}");
        return JsonDocument.Parse(line.Out).RootElement;
    }

    private static string Fails(ExitCode expected, params string[] words)
    {
        using var line = new CommandLine();
        Assert.Equal(expected, line.Run(words));
        return line.Error;
    }
}
