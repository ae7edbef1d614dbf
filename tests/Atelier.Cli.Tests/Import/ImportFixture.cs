using Atelier.Cli.Application;
using Atelier.Cli.Tests.Support;
using Atelier.Torch.Safetensors;

namespace Atelier.Cli.Tests.Import;

/// <summary>Cases that reference programs made (Golden/import), and a place to import them to.</summary>
internal sealed class ImportFixture : IDisposable
{
    /// <summary>
    /// Of float32 networks summed in another order; the differences that are met are below 1e-5.
    /// </summary>
    public const double Tolerance = 1e-4;

    public CommandLine Line { get; } = new();

    public string Model => In("model.safetensors");

    public string In(string name) => Path.Combine(Line.Folder.Path, name);

    public static string Case(string folder, string file) =>
        Path.Combine(AppContext.BaseDirectory, "Golden", "import", folder, file);

    /// <summary>Imports G and D of a case folder.</summary>
    public ExitCode ImportBigGan(string folder, params string[] more) => Line.Run(
    [
        "import", "biggan-pytorch", "--config", Path.Combine(folder, "config.json"), "--generator",
        Path.Combine(folder, "G.pth"), "-o", Model, .. more,
    ]);

    /// <summary>
    /// Samples from the case's z and y and judges its x and y, and asserts the reference's answers.
    /// </summary>
    public void AssertAnswers(string folder)
    {
        AssertImages(Path.Combine(folder, "forward.safetensors"), "images");
        var forward = Path.Combine(folder, "forward.safetensors");
        Assert.Equal(ExitCode.Ok, Line.Run("score", Model, "--inputs", forward, "--raw", In("logits")));
        AssertClose(Read(forward, "logits"), Read(In("logits"), "logits"));
    }

    /// <summary>Samples from z and y of a file, and asserts its tensor of images.</summary>
    public void AssertImages(string forward, string images, params string[] more)
    {
        var code = Line.Run(["sample", Model, "--inputs", forward, "--raw", In("images"), .. more]);
        Assert.True(code == ExitCode.Ok, Line.Error);
        AssertClose(Read(forward, images), Read(In("images"), "images"));
    }

    public static float[] Read(string path, string name)
    {
        using var file = SafetensorsFile.Open(path);
        using var tensor = file.Read(name);
        return tensor.ToArray<float>();
    }

    public static void AssertClose(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var k = 0; k < expected.Length; k++)
            Assert.True(
                Math.Abs(expected[k] - actual[k]) <= Tolerance * Math.Max(1, Math.Abs(expected[k])),
                $"element {k}: expected {expected[k]:R}, got {actual[k]:R}");
    }

    public void Dispose() => Line.Dispose();
}
