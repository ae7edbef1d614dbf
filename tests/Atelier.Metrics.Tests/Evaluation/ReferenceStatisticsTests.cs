using Atelier.Tests;

namespace Atelier.Metrics.Tests;

public sealed class ReferenceStatisticsTests : TensorTest, IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly List<string> warnings = [];
    private readonly MadeImages real = new(50, seed: 1);

    private ReferenceStatistics Cache => new(new MetricRunOptions
    {
        CacheFolder = folder.File("cache"), Warn = warnings.Add,
    });

    [Fact]
    public void Get_TheSecondTime_ReadsNoImageAndGivesTheSameBits()
    {
        using var backbone = new LinearBackbone();

        var first = Cache.Get(backbone, real, "fp32");
        var second = Cache.Get(backbone, real, "fp32");

        Assert.Equal(50, real.Reads);
        Assert.Equal(first.Mean.ToArray(), second.Mean.ToArray());
        Assert.Equal(first.Covariance.ToArray(), second.Covariance.ToArray());
        Assert.Empty(warnings);
    }

    [Fact]
    public void Get_OfAnythingElse_IsComputedAnew()
    {
        using var backbone = new LinearBackbone();
        using var otherWeights = new LinearBackbone { Sha256 = new string('b', 64) };
        var otherImages = new MadeImages(50, seed: 2) { ContentHash = "other" };
        var otherResizer = new MadeImages(50, seed: 3) { Resizer = "area" };

        Cache.Get(backbone, real, "fp32");
        Cache.Get(otherWeights, real, "fp32");
        Cache.Get(backbone, real, "bf16");
        Cache.Get(backbone, otherImages, "fp32");
        Cache.Get(backbone, otherResizer, "fp32");

        Assert.Equal(150, real.Reads);
        Assert.Equal(5, Directory.GetFiles(folder.File("cache")).Length);
        Assert.Equal((50, 50), (otherImages.Reads, otherResizer.Reads));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Get_OfADamagedFile_IsComputedAgainWithAWarning(bool truncates)
    {
        using var backbone = new LinearBackbone();
        var first = Cache.Get(backbone, real, "fp32");
        var path = Assert.Single(Directory.GetFiles(folder.File("cache")));
        var bytes = File.ReadAllBytes(path);
        bytes[^3] ^= 1;
        File.WriteAllBytes(path, truncates ? bytes[..^9] : bytes);

        var second = Cache.Get(backbone, real, "fp32");
        Cache.Get(backbone, real, "fp32");

        Assert.Equal(100, real.Reads);
        Assert.Equal(first.Covariance.ToArray(), second.Covariance.ToArray());
        Assert.Contains("made again", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Get_WithAFolderThatCannotBeMade_WarnsAndGoesOn()
    {
        using var backbone = new LinearBackbone();
        File.WriteAllText(folder.File("cache"), "a file");

        var moments = Cache.Get(backbone, real, "fp32");

        Assert.Equal(50, moments.Count);
        Assert.Contains("could not be kept", Assert.Single(warnings), StringComparison.Ordinal);
    }

    void IDisposable.Dispose()
    {
        folder.Dispose();
        Dispose();
    }
}
