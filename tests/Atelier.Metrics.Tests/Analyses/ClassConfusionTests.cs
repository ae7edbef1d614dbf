namespace Atelier.Metrics.Tests;

public sealed class ClassConfusionTests
{
    // Asked 0 three times: seen 0, 2, 2. Asked 2 twice: seen 2, 1. Asked 1 never.
    private static readonly float[] Logits =
    [
        3, 1, 2,
        0, 1, 2,
        -5, -9, -4,
        1, 1, 7,
        0, 8, 1,
    ];

    [Fact]
    public void Add_OfLogits_CountsTheLargest()
    {
        var confusion = Made();

        Assert.Equal(1, confusion[0, 0]);
        Assert.Equal(0, confusion[0, 1]);
        Assert.Equal(2, confusion[0, 2]);
        Assert.Equal(1, confusion[2, 1]);
        Assert.Equal(5, confusion.Count);
        Assert.Equal(3, confusion.CountOf(0));
    }

    [Fact]
    public void Leak_IsTheShareOffTheDiagonal()
    {
        var confusion = Made();

        Assert.Equal(3 / 5.0, confusion.Leak, 1e-15);
        Assert.Equal(2 / 3.0, confusion.LeakOf(0), 1e-15);
        Assert.Equal(0, confusion.LeakOf(1));
        Assert.Equal(1 / 2.0, confusion.LeakOf(2), 1e-15);
    }

    [Fact]
    public void Worst_ListsPairsByTheirShareAndNoneWithoutLeakage()
    {
        var confusion = Made();

        Assert.Equal(
            [new ClassLeak(0, 2, 2, 2 / 3.0), new ClassLeak(2, 1, 1, 0.5)], confusion.Worst(9));
        Assert.Single(confusion.Worst(1));
    }

    [Fact]
    public void Add_OfEqualLogits_CountsForTheLowerClass()
    {
        var confusion = new ClassConfusion(3);

        confusion.Add([2], [0, 4, 4]);

        Assert.Equal(1, confusion[2, 1]);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    public void Add_OfAClassThatIsNotKnown_IsRefused(long asked)
    {
        var error = Assert.Throws<AtelierException>(() => new ClassConfusion(3).Add([asked], [0, 1, 2]));

        Assert.Equal(FailureKind.Usage, error.Kind);
        Assert.Contains("classes 0 to 2", error.Message, StringComparison.Ordinal);
    }

    private static ClassConfusion Made()
    {
        var confusion = new ClassConfusion(3);
        confusion.Add([0, 0, 0], Logits.AsSpan(0, 9));
        confusion.Add([2, 2], Logits.AsSpan(9));
        return confusion;
    }
}
