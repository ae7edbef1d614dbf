using System.Text.Json;
using Atelier.Cli.Application;
using Atelier.Cli.Tests.Support;
using Atelier.Torch;
using Atelier.Torch.Safetensors;

namespace Atelier.Cli.Tests.Eval;

public sealed class EvalStoredTests : IDisposable
{
    private readonly CommandLine line = new();

    private string Real => Path.Combine(line.Folder.Path, "real.safetensors");

    private string Fake => Path.Combine(line.Folder.Path, "fake.safetensors");

    public void Dispose() => line.Dispose();

    [Fact]
    public void Eval_OfStoredFeatures_GivesEveryNumberWithItsProtocol()
    {
        Write(Real, 60, 4, seed: 1);
        Write(Fake, 50, 4, seed: 2);

        Assert.Equal(ExitCode.Ok, Run("--metrics", "fid,kid,prdc,is,ifid", "--k", "3", "--json"));

        using var document = JsonDocument.Parse(line.Out);
        var metrics = document.RootElement.GetProperty("metrics");
        Assert.Equal(
            ["fid", "kid_mean", "kid_std", "precision", "recall", "density", "coverage", "is_mean", "is_std",
                "ifid"],
            metrics.EnumerateObject().Select(static m => m.Name));
        Assert.All(metrics.EnumerateObject(), static m => Assert.Contains(
            "-stored-n50-", m.Value.GetProperty("protocol").GetString()!, StringComparison.Ordinal));
    }

    [Fact]
    public void Compare_OfTwoProtocols_IsRefused()
    {
        Write(Real, 60, 4, seed: 1);
        Write(Fake, 50, 4, seed: 2);
        Run("--metrics", "kid", "--json");
        var first = line.Folder.Write("a.json", line.Out);
        Run("--metrics", "kid", "--kid-subset-size", "20", "--json");
        var second = line.Folder.Write("b.json", line.Out);

        Assert.Equal(ExitCode.Ok, line.Run("eval", "--compare", first, first));
        Assert.Contains("(0)", line.Out, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, line.Run("eval", "--compare", first, second));
        Assert.Contains("different protocols are not comparable", line.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Eval_OfFeaturesWithNan_IsRefusedAsData()
    {
        Write(Real, 60, 4, seed: 1);
        SafetensorsWriter.Write(
            Fake, [("features", Tensor.FromArray<float>([1, 2, float.NaN, 4], 2, 2))]);

        Assert.Equal(ExitCode.Dataset, Run());
        Assert.Contains("holds NaN or infinity", line.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Eval_OfOneSample_IsRefusedAsData()
    {
        Write(Real, 60, 4, seed: 1);
        Write(Fake, 1, 4, seed: 2);

        Assert.Equal(ExitCode.Dataset, Run());
        Assert.Contains("at least 2 are needed", line.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Eval_OfAMetricWhoseTensorIsMissing_NamesIt()
    {
        Write(Real, 60, 4, seed: 1);
        SafetensorsWriter.Write(
            Fake, [("features", Tensor.FromArray<float>([1, 2, 3, 4, 5, 6, 7, 9], 2, 4))]);

        Assert.Equal(ExitCode.Dataset, Run("--metrics", "fid,is"));
        Assert.Contains("'is' needs a tensor logits [N, K] float32", line.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Ok, Run());
        Assert.Contains("It is left out", line.Error, StringComparison.Ordinal);
        Assert.Contains("kid_mean", line.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Eval_OfAModelFile_IsNoStoredTensors()
    {
        Write(Real, 60, 4, seed: 1);
        SafetensorsWriter.Write(Fake, [("weight", Tensor.FromArray<float>([1, 2, 3, 4], 2, 2))]);

        Assert.Equal(ExitCode.Dataset, Run());
        Assert.Contains("none of the tensors that can be scored", line.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Eval_OfAnotherBackbonesFeatures_IsRefused()
    {
        Write(Real, 60, 4, seed: 1);
        Write(Fake, 60, 5, seed: 1);

        Assert.Equal(ExitCode.Dataset, Run("--metrics", "fid"));
        Assert.Contains("[60, 4]", line.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("eval", "MODEL|RUN|IMAGES is missing")]
    [InlineData("eval m", "--data is missing")]
    [InlineData("eval m --real a --fake b", "leave MODEL|RUN|IMAGES and --data out")]
    [InlineData("eval --real a", "--real needs --fake")]
    public void Eval_WithHalfOfWhatItNeeds_SaysWhatIsMissing(string words, string sentence)
    {
        Assert.Equal(ExitCode.Usage, line.Run(words.Split(' ')));
        Assert.Contains(sentence, line.Error, StringComparison.Ordinal);
    }

    private ExitCode Run(params string[] more) =>
        line.Run(["eval", "--real", Real, "--fake", Fake, .. more]);

    private static void Write(string path, int count, int dimension, int seed)
    {
        using var scope = new TensorScope();
        using var random = new Generator(Device.Cpu, (ulong)seed);
        SafetensorsWriter.Write(path,
        [
            ("features", Aten.Randn([count, dimension], random, DType.Float32)),
            ("logits", Aten.Randn([count, 3], random, DType.Float32)),
            ("y", Aten.Arange(0, count, 1, DType.Int64).Remainder(2)),
        ]);
    }
}
