namespace Atelier.Metrics.Tests;

public sealed class MetricCatalogueTests
{
    [Fact]
    public void Parse_OfAList_GivesTheMetricsInItsOrder()
    {
        var metrics = MetricCatalogue.Parse("is, fid", new MetricOptions { InceptionSplits = 5 });

        Assert.Equal(["is/1;splits=5", "fid/1"], metrics.Select(metric => metric.Definition));
    }

    [Fact]
    public void Entries_AllOfThem_MakeTheMetricOfTheirName()
    {
        foreach (var entry in MetricCatalogue.Entries)
        {
            var metric = entry.Create(new MetricOptions());

            Assert.Equal(entry.Name, metric.Name);
            Assert.StartsWith(entry.Name + "/", metric.Definition, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("fdi", "Did you mean 'fid'?")]
    [InlineData("fid,acuracy", "Did you mean 'accuracy'?")]
    [InlineData("fid,fid", "named twice")]
    [InlineData("", "There are: fid, kid, is, prdc, ifid")]
    public void Parse_OfAWrongList_SaysWhatWouldBeRight(string names, string expected)
    {
        var error = Assert.Throws<AtelierException>(() => MetricCatalogue.Parse(names));

        Assert.Equal(FailureKind.Usage, error.Kind);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }
}
