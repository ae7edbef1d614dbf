using Atelier.Tests;

namespace Atelier.Metrics.Tests;

public sealed class FeatureStoreTests : TensorTest, IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly List<string> warnings = [];
    private readonly MadeImages real = new(50, seed: 1);

    private FeatureStore Store => new(new MetricRunOptions
    {
        CacheFolder = folder.File("cache"), Warn = warnings.Add,
    });

    [Fact]
    public void Moments_TheSecondTime_ReadsNoImageAndGivesTheSameBits()
    {
        using var backbone = new LinearBackbone();

        var first = Store.Moments(backbone, real);
        var second = Store.Moments(backbone, real);

        Assert.Equal(50, real.Reads);
        Assert.Equal(first.Mean.ToArray(), second.Mean.ToArray());
        Assert.Equal(first.Covariance.ToArray(), second.Covariance.ToArray());
        Assert.Empty(warnings);
    }

    [Fact]
    public void Moments_OfAnythingElse_IsComputedAnew()
    {
        using var backbone = new LinearBackbone();
        using var otherWeights = new LinearBackbone { Sha256 = new string('b', 64) };
        using var otherPrecision = new LinearBackbone { Precision = "bf16" };
        using var otherPreparation = new LinearBackbone { Preprocessing = "clean;12;symmetric" };
        var otherImages = new MadeImages(50, seed: 2) { ContentHash = "other" };
        var otherResizer = new MadeImages(50, seed: 3) { Resizer = "area" };

        Store.Moments(backbone, real);
        Store.Moments(otherWeights, real);
        Store.Moments(otherPrecision, real);
        Store.Moments(otherPreparation, real);
        Store.Moments(backbone, otherImages);
        Store.Moments(backbone, otherResizer);

        Assert.Equal(200, real.Reads);
        Assert.Equal(6, Directory.GetFiles(folder.File("cache"), "features-*").Length);
        Assert.Equal(6, Directory.GetFiles(folder.File("cache"), "moments-*").Length);
        Assert.Equal((50, 50), (otherImages.Reads, otherResizer.Reads));
    }

    [Fact]
    public void Features_AfterMoments_ComeFromTheFile()
    {
        using var backbone = new LinearBackbone();
        Store.Moments(backbone, real);
        var images = new byte[50 * 144];
        real.CopyImages([.. Enumerable.Range(0, 50)], images);
        var expected = backbone.Extract(ImageQuantiser.ToTensor(images, 1, 12)).Features;

        var features = Store.Features(backbone, real);

        Assert.Equal(100, real.Reads);
        // One batch of 50 both times, so to the bit.
        Assert.Equal(0, MaxDifference(expected, features));
    }

    [Fact]
    public void Moments_AfterFeatures_ReadNoImageAndAreTheSameBits()
    {
        using var backbone = new LinearBackbone();
        var expected = new FeatureStore(new MetricRunOptions()).Moments(backbone, real);
        Store.Features(backbone, real);

        var moments = Store.Moments(backbone, real);

        Assert.Equal(100, real.Reads);
        Assert.Equal(expected.Covariance.ToArray(), moments.Covariance.ToArray());
    }

    [Theory]
    [InlineData("moments", false, 50)]
    [InlineData("moments", true, 50)]
    [InlineData("features", false, 50)]
    [InlineData("*", true, 100)]
    public void Moments_OfADamagedFile_AreMadeAgainWithAWarning(string kind, bool truncates, int reads)
    {
        using var backbone = new LinearBackbone();
        var first = Store.Moments(backbone, real);
        foreach (var path in Directory.GetFiles(folder.File("cache"), kind + "-*"))
        {
            var bytes = File.ReadAllBytes(path);
            bytes[^3] ^= 1;
            File.WriteAllBytes(path, truncates ? bytes[..^9] : bytes);
        }

        var second = Store.Moments(backbone, real);
        var features = Store.Features(backbone, real);
        Store.Moments(backbone, real);

        Assert.Equal(reads + (kind == "features" ? 50 : 0), real.Reads);
        Assert.Equal(first.Covariance.ToArray(), second.Covariance.ToArray());
        Assert.Equal([50L, 6L], features.Shape);
        Assert.All(warnings, static w => Assert.Contains("made again", w, StringComparison.Ordinal));
        Assert.Equal(kind == "*" ? 2 : 1, warnings.Count);
    }

    [Fact]
    public void Moments_WithAFolderThatCannotBeMade_WarnsAndGoesOn()
    {
        using var backbone = new LinearBackbone();
        File.WriteAllText(folder.File("cache"), "a file");

        var moments = Store.Moments(backbone, real);

        Assert.Equal(50, moments.Count);
        Assert.All(warnings, static w => Assert.Contains("could not be kept", w, StringComparison.Ordinal));
        Assert.Equal(2, warnings.Count);
    }

    void IDisposable.Dispose()
    {
        folder.Dispose();
        Dispose();
    }
}
