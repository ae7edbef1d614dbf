using Atelier.Cli.Tests.Train;
using Atelier.Data;
using Atelier.Data.Decoding;
using Atelier.Data.Pictures;
using Atelier.Gan;
using Atelier.Gan.BigGan;
using Atelier.Metrics;
using Atelier.Torch;

namespace Atelier.Cli.Tests.Analyses;

/// <summary>
/// A dataset with training and test images of three classes, a classifier of it, and generators that were
/// never trained; made once for all tests.
/// </summary>
public sealed class AnalysisWorkshop : IDisposable
{
    private const int Side = 32;
    private static readonly string[] Classes = ["bag", "coat", "shoe"];
    private readonly TinyWorkshop workshop;

    public AnalysisWorkshop()
    {
        // Tensors this small gain nothing from a second thread, and lose much on a busy machine.
        TorchRuntime.ThreadCount = 1;
        workshop = new TinyWorkshop();
        Data = Pack("both", ("train", 64), ("test", 20));
        TrainOnly = Pack("one", ("train", 64));
        Model = MakeModel("model", new BigGanOptions { ClassCount = 3 });
        using var dataset = PackedDataset.Open(Data);
        using var trained = BackboneTrainer.Train(
            new PackedImageSet(dataset.Split("train")), new PackedImageSet(dataset.Split("test")),
            new BackboneOptions { Blocks = "4|6", Epochs = 1, BatchSize = 16, Flips = false });
        Backbone = In("backbone.safetensors");
        trained.Backbone.Save(Backbone);
    }

    /// <summary>64 training and 20 test images of 1x32x32, of a bag, a coat and a shoe in turn.</summary>
    public string Data { get; }

    /// <summary>The same without test images.</summary>
    public string TrainOnly { get; }

    /// <summary>A generator of such images.</summary>
    public string Model { get; }

    /// <summary>A classifier of such images, with 6 features.</summary>
    public string Backbone { get; }

    /// <summary>A recipe of such images, of a few milliseconds a step.</summary>
    public string Recipe => workshop.Recipe;

    public string In(string name) => workshop.In(name);

    /// <summary>A generator of grey images with random weights.</summary>
    public string MakeModel(string name, BigGanOptions options)
    {
        var small = options with
        {
            ImageChannels = 1, GeneratorChannels = 2, DiscriminatorChannels = 2, LatentSize = 8,
            GeneratorWidths = options.Resolution == 32 ? [2, 2, 1, 1] : null,
        };
        using var random = new Generator(Device.Cpu, 4);
        using var generator = new BigGanGenerator(small, random);
        var path = In(name + ".safetensors");
        ModelFile.Write(path, generator, new ModelCard
        {
            Family = "biggan", OptionsJson = BigGanFamily.ToJson(small),
            ClassNames =
            [
                .. Enumerable.Range(0, small.ClassCount)
                    .Select(static k => Classes.ElementAtOrDefault(k) ?? $"{k}"),
            ],
            StandingStatistics = new StandingStatisticsOptions(2, 6),
        });
        return path;
    }

    public void Dispose() => workshop.Dispose();

    private string Pack(string name, params (string Split, int Count)[] splits)
    {
        foreach (var (split, count) in splits)
        {
            var random = new Random(count);
            for (var k = 0; k < count; k++)
            {
                var pixels = new byte[Side * Side];
                random.NextBytes(pixels);
                var folder = Directory.CreateDirectory(Path.Combine(In(name), split, Classes[k % 3]));
                PngWriter.Write(
                    Path.Combine(folder.FullName, $"{k}.png"), new RasterImage(Side, Side, 1, pixels));
            }
        }

        using var source = DatasetOpener.OpenSource(In(name));
        DatasetPacker.Pack(source, In(name + ".atl"), new PackOptions { Size = Side, Threads = 1 });
        return In(name + ".atl");
    }
}
