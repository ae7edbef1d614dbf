using System.Xml.Linq;
using Atelier.Data.Charts;
using Atelier.Data.Tests.Pictures;
using Atelier.Data.Tests.Support;

namespace Atelier.Data.Tests.Charts;

public sealed class ChartWriterTests : IDisposable
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void WriteSvg_OfNamesWithMarkup_IsWellFormedAndShowsThem()
    {
        ChartWriter.WriteSvg(folder["c.svg"], Two("a <b> & \"c\"\u0007"));

        var texts = XDocument.Load(folder["c.svg"]).Descendants(Svg + "text").Select(static t => t.Value);
        Assert.Contains("a <b> & \"c\"", texts);
    }

    [Fact]
    public void WriteSvg_OfTwoSeries_HasADotForEachPointAndOneForTheLegend()
    {
        ChartWriter.WriteSvg(folder["c.svg"], Two("first"));

        var circles = XDocument.Load(folder["c.svg"]).Descendants(Svg + "circle").ToList();
        // Three points with a legend's dot; the broken series has neither; the ring is not filled.
        Assert.Equal(4, circles.Count(static c => (string?)c.Attribute("fill") != "none"));
        Assert.Single(circles, static c => (string?)c.Attribute("fill") == "none");
    }

    [Fact]
    public void WritePng_OfAPoint_HasTheSeriesColourWhereTheVectorsHaveIt()
    {
        var chart = Two("first");
        ChartWriter.WriteSvg(folder["c.svg"], chart);
        ChartWriter.WritePng(folder["c.png"], chart);

        var picture = PngReference.Decode(File.ReadAllBytes(folder["c.png"]), out _);
        var dots = XDocument.Load(folder["c.svg"]).Descendants(Svg + "circle")
            .Where(static c => (string?)c.Attribute("fill") == "#0072b2").ToList();
        Assert.Equal(4, dots.Count);
        Assert.All(dots, dot =>
        {
            var at = (((int)(double)dot.Attribute("cy")! * picture.Width) + (int)(double)dot.Attribute("cx")!)
                * 3;
            Assert.Equal([0x00, 0x72, 0xB2], picture.Pixels[at..(at + 3)]);
        });
    }

    [Fact]
    public void Place_OfLabelsOfOnePoint_LaysNoneOverAnother()
    {
        var placer = new LabelPlacer(0, 0, 400, 400);

        var places = Enumerable.Range(0, 5).Select(_ => placer.Place(200, 200, 60, 14)).ToList();

        for (var a = 0; a < places.Count; a++)
            for (var b = 0; b < a; b++)
                Assert.True(
                    Math.Abs(places[a].X - places[b].X) >= 60 || Math.Abs(places[a].Y - places[b].Y) >= 14,
                    $"labels {a} and {b} lie over each other");
    }

    [Fact]
    public void Place_BesideTheEdge_StaysInside()
    {
        var (x, _) = new LabelPlacer(0, 0, 400, 400).Place(395, 200, 60, 14);

        Assert.True(x + 30 <= 400);
    }

    private static Chart Two(string name) => new()
    {
        Title = "title", XName = "x", YName = "y",
        Series =
        [
            new ChartSeries(name, [new(1, 2, "one"), new(2, 5, "two", IsMarked: true), new(4, 3)]),
            new ChartSeries("level", [new(1, 4), new(4, 4)], IsBroken: true),
        ],
        Guides = [(3, "here")],
    };
}
