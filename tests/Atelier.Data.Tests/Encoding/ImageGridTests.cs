using Atelier.Data.Decoding;
using Atelier.Data.Pictures;

namespace Atelier.Data.Tests.Pictures;

public sealed class ImageGridTests
{
    [Fact]
    public void Compose_GreyImages_LiesEachInItsCell()
    {
        byte[] images = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]; // three images of 2 rows, 2 columns

        var grid = ImageGrid.Compose(
            images, 1, 2, 2, new() { Rows = 2, Columns = 2, Padding = 1, Scale = 1 });

        byte[] expected =
        [
            255, 255, 255, 255, 255, 255, 255,
            255, 1, 2, 255, 5, 6, 255,
            255, 3, 4, 255, 7, 8, 255,
            255, 255, 255, 255, 255, 255, 255,
            255, 9, 10, 255, 255, 255, 255,
            255, 11, 12, 255, 255, 255, 255,
            255, 255, 255, 255, 255, 255, 255,
        ];
        Assert.Equal((7, 7, 1), (grid.Width, grid.Height, grid.Channels));
        Assert.Equal(expected, grid.Pixels);
    }

    [Fact]
    public void Compose_PlanarColour_BecomesInterleavedSquares()
    {
        byte[] images = [10, 11, 20, 21, 30, 31]; // [1, 3, 1, 2]

        var grid = ImageGrid.Compose(
            images, 3, 1, 2, new() { Rows = 1, Columns = 1, Padding = 0, Scale = 2 });

        byte[] row = [10, 20, 30, 10, 20, 30, 11, 21, 31, 11, 21, 31];
        Assert.Equal((4, 2, 3), (grid.Width, grid.Height, grid.Channels));
        Assert.Equal([.. row, .. row], grid.Pixels);
    }

    [Theory]
    [InlineData(28, 3)]
    [InlineData(32, 3)]
    [InlineData(64, 1)]
    [InlineData(256, 1)]
    public void PleasantScale_SmallImages_AreEnlarged(int side, int scale) =>
        Assert.Equal(scale, ImageGrid.PleasantScale(side, side / 2));

    [Theory]
    [InlineData(255, 0)]
    [InlineData(0, 255)]
    public void Compose_RowLabels_StandAtTheLeftOfTheirRow(byte background, byte ink)
    {
        var images = new byte[2 * 16 * 16];
        images.AsSpan().Fill(100);
        var options = new ImageGridOptions
        {
            Rows = 2, Columns = 1, Padding = 1, Scale = 1, Background = background, RowLabels = ["", "I"],
        };

        var grid = ImageGrid.Compose(images, 1, 16, 16, options);

        var inked = Enumerable.Range(0, grid.Pixels.Length).Where(i => grid.Pixels[i] == ink).ToList();
        Assert.Equal(11, inked.Count); // the capital I: a stem of 7 and two serifs of 2 more each
        Assert.All(inked, i => Assert.InRange(i / grid.Width, 18, 33)); // the second row's height
        Assert.All(inked, i => Assert.InRange(i % grid.Width, 1, 6)); // left of the images, which start at 8
        Assert.Equal(100, grid.Pixels[(20 * grid.Width) + 8]);
        Assert.Equal(background, grid.Pixels[(20 * grid.Width) + 7]);
    }

    [Fact]
    public void Compose_LabelOfAnyScript_DoesNotFail()
    {
        var label = string.Concat(Enumerable.Range(0, 300).Select(i => (char)(i * 211)));

        var grid = ImageGrid.Compose(
            new byte[4], 1, 2, 2, new() { Rows = 1, Columns = 1, Scale = 1, RowLabels = [label, "unused"] });

        Assert.InRange(grid.Width, 20 * 6, (20 * 6) + 12);
    }

    [Theory]
    [InlineData(5, 1, 2, 1, 1)] // half an image
    [InlineData(8, 1, 2, 1, 1)] // two for one cell
    [InlineData(4, 2, 1, 1, 1)] // two channels
    [InlineData(4, 1, 2, 0, 1)]
    [InlineData(4, 1, 2, 1, -1)]
    public void Compose_SizesThatDoNotFit_AreABug(int bytes, int channels, int side, int rows, int columns)
    {
        var error = Assert.Throws<AtelierException>(() => ImageGrid.Compose(
            new byte[bytes], channels, side, side, new() { Rows = rows, Columns = columns }));

        Assert.Equal(FailureKind.Bug, error.Kind);
    }

    [Fact]
    public void Compose_EveryPrintableCharacter_HasItsOwnShape()
    {
        var shapes = Enumerable.Range(' ', '~' - ' ' + 1).Select(c =>
        {
            var grid = ImageGrid.Compose(
                new byte[100], 1, 10, 10,
                new() { Rows = 1, Columns = 1, Scale = 1, RowLabels = [$"{(char)c}"] });
            return Convert.ToHexString(grid.Pixels);
        });

        Assert.Equal(95, shapes.Distinct().Count());
    }
}
