using System.Buffers.Binary;
using Atelier.Cli.Tests.Support;
using Atelier.Data;
using Atelier.Training.Checkpoints;

namespace Atelier.Cli.Tests.Train;

/// <summary>
/// A recipe of a few milliseconds a step and 64 images of 32x32 in three classes, in a folder of their own.
/// </summary>
internal sealed class TinyWorkshop : IDisposable
{
    private const int ImageCount = 64;
    private const int Side = 32;

    private readonly TemporaryFolder folder = new();

    public TinyWorkshop()
    {
        Recipe = folder.Write("tiny.yaml", """
            name: tiny
            model:
              channels: 2
              generator_widths: [2, 2, 1, 1]
              discriminator_widths: [1, 1, 2, 2]
              latent_size: 4
            training:
              batch_size: 4
              discriminator_steps: 2
              precision: fp32
            standing_statistics:
              batches: 2
              batch_size: 4
            snapshots:
              tick_every_steps: 1
              samples_every_steps: null
              metrics_every_steps: null
              checkpoint_every_steps: 5
              keep_last: 2
              metrics: []
            """);
        Data = Pack("images", 1);
    }

    public string Recipe { get; }

    public string Data { get; }

    public string Run => In("run");

    public string In(string name) => Path.Combine(folder.Path, name);

    /// <summary>An IDX folder of noise.</summary>
    public string IdxFolder(string name, int seed)
    {
        var place = In(name);
        Directory.CreateDirectory(place);
        var pixels = new byte[16 + (ImageCount * Side * Side)];
        new Random(seed).NextBytes(pixels);
        var labels = new byte[8 + ImageCount];
        for (var i = 0; i < ImageCount; i++) labels[8 + i] = (byte)(i % 3);
        Header(pixels, 0x0803, ImageCount, Side, Side);
        Header(labels, 0x0801, ImageCount);
        File.WriteAllBytes(Path.Combine(place, "train-images-idx3-ubyte"), pixels);
        File.WriteAllBytes(Path.Combine(place, "train-labels-idx1-ubyte"), labels);
        return place;
    }

    public string Pack(string name, int seed)
    {
        using var source = DatasetOpener.OpenSource(IdxFolder(name, seed));
        var path = In(name + ".atl");
        DatasetPacker.Pack(source, path, new PackOptions { Size = Side, Threads = 1 });
        return path;
    }

    /// <summary>The words of a training command.</summary>
    public string[] Train(string run, int steps, params string[] more) =>
    [
        "train", "--recipe", Recipe, "--data", Data, "--out", In(run),
        "--steps", steps.ToString(System.Globalization.CultureInfo.InvariantCulture), .. more,
    ];

    public CheckpointReader Checkpoints(string run) => new(Path.Combine(In(run), "checkpoints"));

    /// <summary>
    /// The newest manifest: the SHA-256 of every tensor file and of the state, which holds no time.
    /// </summary>
    public string Manifest(string run) =>
        File.ReadAllText(Path.Combine(Checkpoints(run).LoadLatest(strict: true)!.Folder, "MANIFEST.json"));

    public void Dispose() => folder.Dispose();

    private static void Header(byte[] bytes, params int[] numbers)
    {
        for (var i = 0; i < numbers.Length; i++)
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4 * i), numbers[i]);
    }
}
