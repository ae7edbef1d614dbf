using System.Text.Json;
using Atelier.Cli.Application;
using Atelier.Cli.Tests.Support;
using Atelier.Torch;
using Atelier.Torch.Safetensors;

namespace Atelier.Cli.Tests.Eval;

/// <summary>The command against the references' numbers; where they come from stands in the README beside the
/// tensors.</summary>
public sealed class EvalOracleTests : IDisposable
{
    private readonly CommandLine line = new();

    public void Dispose() => line.Dispose();

    [Theory]
    [InlineData("dense", 3.6513059657659994, 1.3672418461779081)]
    [InlineData("wide", 204.93976028031682, 0.6848175581945277)]
    [InlineData("offset", 125.44127194436624, 469.42735021368094)]
    public void Eval_OfFidAndKid_EqualsTheReferences(string name, double fid, double kid)
    {
        var report = Run(
            name, "--metrics", "fid,kid", "--kid-subsets", "1", "--kid-subset-size", "1000000");

        Assert.Equal(fid, Value(report, "fid"), 1e-6 * fid);
        Assert.Equal(kid, Value(report, "kid_mean"), 1e-9 * kid);
        Assert.Equal(
            name == "wide", line.Error.Contains("in 512 dimensions: with fewer", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("dense", 5, 0.614, 0.8016666666666666, 0.5438, 0.7208333333333333)]
    [InlineData("wide", 3, 0.046153846153846156, 0.92333333333333, 0.03461538461538462, 0.0833333333333333)]
    public void Eval_OfPrdc_EqualsTheReference(
        string name, int k, double precision, double recall, double density, double coverage)
    {
        var report = Run(name, "--metrics", "prdc", "--k", $"{k}");

        Assert.Equal(precision, Value(report, "precision"), 1e-14);
        Assert.Equal(recall, Value(report, "recall"), 1e-14);
        Assert.Equal(density, Value(report, "density"), 1e-14);
        Assert.Equal(coverage, Value(report, "coverage"), 1e-14);
    }

    [Theory]
    [InlineData("1", 1.992872100648655, 0)]
    [InlineData("10", 1.9721434478816378, 0.11169247563920368)]
    public void Eval_OfIsAndIfid_EqualsTheReference(string splits, double mean, double deviation)
    {
        var report = Run("dense", "--metrics", "is,ifid", "--splits", splits);

        Assert.Equal(mean, Value(report, "is_mean"), 1e-9);
        Assert.Equal(deviation, Value(report, "is_std"), 1e-9);
        Assert.Equal(8.04820621043469, Value(report, "ifid"), 1e-8);
    }

    [Theory]
    [InlineData("dense")]
    [InlineData("wide")]
    public void Eval_OfASetWithItself_HasFidZero(string name)
    {
        Assert.True(
            line.Run("eval", "--real", Golden(name + "_real"), "--fake", Golden(name + "_real"), "--metrics",
                "fid", "--json") == ExitCode.Ok, line.Error);

        Assert.InRange(Value(JsonDocument.Parse(line.Out).RootElement, "fid"), 0, 1e-6);
    }

    [Fact]
    public void Eval_OfStoredPairsOfImages_HasTheReferencesMsSsim()
    {
        // Of two images there is but one pair; the reference's number is the mean over six.
        var sum = 0.0;
        for (var pair = 0; pair < 6; pair++)
        {
            var path = Path.Combine(line.Folder.Path, $"pair{pair}.safetensors");
            using (new TensorScope())
            {
                using var images = SafetensorsFile.Open(Golden("images"));
                SafetensorsWriter.Write(path, [("images", Aten.Cat(
                    [images.Read("x").Narrow(0, pair, 1), images.Read("y").Narrow(0, pair, 1)])
                    .To(DType.UInt8))]);
            }

            Assert.True(
                line.Run("eval", "--real", path, "--fake", path, "--metrics", "msssim", "--json")
                == ExitCode.Ok, line.Error);
            sum += Value(JsonDocument.Parse(line.Out).RootElement, "msssim");
        }

        Assert.Equal(0.8381910565464684, sum / 6, 1e-5);
    }

    private static double Value(JsonElement report, string name) =>
        report.GetProperty(name).GetProperty("value").GetDouble();

    private static string Golden(string name) =>
        Path.Combine(AppContext.BaseDirectory, "Golden", "metrics", name + ".safetensors");

    private JsonElement Run(string name, params string[] more)
    {
        var code = line.Run(
            ["eval", "--real", Golden(name + "_real"), "--fake", Golden(name + "_fake"), "--json", .. more]);
        Assert.True(code == ExitCode.Ok, line.Error);
        return JsonDocument.Parse(line.Out).RootElement;
    }
}
