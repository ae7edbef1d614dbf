namespace Atelier.Metrics.Tests;

public sealed class MetricProtocolTests
{
    private static MetricProtocol Usual => new()
    {
        Metric = "is/1;splits=10",
        Backbone = "small-cnn",
        BackboneSha256 = new string('b', 64),
        Resizer = "area",
        SampleCount = 10000,
        DatasetHash = new string('d', 64),
        Precision = "fp32",
    };

    public static TheoryData<MetricProtocol, string> Others => new()
    {
        { Usual with { Metric = "is/1;splits=1" }, "metric is/1;splits=10 against is/1;splits=1" },
        { Usual with { Backbone = "inception" }, "backbone small-cnn against inception" },
        {
            Usual with { BackboneSha256 = new string('c', 64) },
            "backbone weights bbbbbbbbbbbb… against cccccccccccc…"
        },
        { Usual with { Resizer = "bicubic" }, "resizer area against bicubic" },
        { Usual with { SampleCount = 50000 }, "sample count 10000 against 50000" },
        { Usual with { DatasetHash = new string('e', 64) }, "dataset dddddddddddd… against eeeeeeeeeeee…" },
        { Usual with { Precision = "bf16" }, "precision fp32 against bf16" },
        { Usual with { Quantisation = "none" }, "quantisation uint8 against none" },
        {
            Usual with { Preprocessing = "clean;299;symmetric" },
            "preprocessing none against clean;299;symmetric"
        },
    };

    [Fact]
    public void Id_OfEqualProtocols_IsEqualAndStaysAsItIs()
    {
        // A changed id orphans every number that users have kept: change it only with the format's version.
        Assert.Equal("is-small-cnn-n10000-fp32-4969ecdadc2c2729", Usual.Id);
    }

    [Theory]
    [MemberData(nameof(Others), DisableDiscoveryEnumeration = true)]
    public void Difference_AcrossProtocols_IsRefusedByName(MetricProtocol other, string difference)
    {
        var error = Assert.Throws<AtelierException>(() => MetricComparison.Difference(
            new MetricResult("is", 8, 0.1, Usual), new MetricResult("is", 9, 0.1, other)));

        Assert.Equal(FailureKind.Usage, error.Kind);
        Assert.Contains("not comparable: " + difference + ". ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Difference_WithinAProtocol_IsSecondMinusFirst()
    {
        var difference = MetricComparison.Difference(
            new MetricResult("is", 8, 0.1, Usual), new MetricResult("is", 9.5, 0.2, Usual));

        Assert.Equal(1.5, difference);
    }

    [Fact]
    public void Json_OfAResult_ComesBackEqual()
    {
        var result = new MetricResult("is", 8.25, null, Usual);

        var json = MetricJson.Write(result);

        Assert.Contains("\"sample_count\":10000", json, StringComparison.Ordinal);
        Assert.Contains($"\"id\":\"{Usual.Id}\"", json, StringComparison.Ordinal);
        Assert.Equal(result, MetricJson.Read(json));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("{\"name\": ")]
    public void Json_OfSomethingElse_IsRefused(string json)
    {
        Assert.Equal(FailureKind.Usage, Assert.Throws<AtelierException>(() => MetricJson.Read(json)).Kind);
    }
}
