using Atelier.Text;

namespace Atelier.Torch.Tests.Text;

public sealed class CountedTests
{
    [Theory]
    [InlineData(1, "row", "1 row")]
    [InlineData(0, "row", "0 rows")]
    [InlineData(12345, "image channel", "12345 image channels")]
    [InlineData(1, "class", "1 class")]
    [InlineData(2, "class", "2 classes")]
    public void Of_ANumber_AgreesWithItsNoun(long count, string noun, string expected) =>
        Assert.Equal(expected, Counted.Of(count, noun));
}
