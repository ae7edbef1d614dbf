using Atelier.Training.Checkpoints;
using static Atelier.Training.Tests.Checkpoints.CheckpointFixture;

namespace Atelier.Training.Tests.Checkpoints;

/// <summary>Checkpoints that stay as the way back from a collapse.</summary>
public sealed class WayBackTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Save_WithAPinnedStep_KeepsTheOneBeforeItAndTheNextInLine()
    {
        var store = CheckpointStore.Open(folder.Path, new CheckpointRetention(KeepLast: 1, KeepBest: 0));
        // Before the first two nothing is sound yet; then what is sound moves on, four steps behind.
        foreach (var (step, pinned) in new[] { (3L, 0L), (6, 2), (9, 5), (12, 8), (15, 11), (18, 14) })
        {
            store.Pinned = pinned;
            store.Save(step, Parts(step));
            Assert.Contains(step, store.Reader.Steps);
            if (pinned >= 3) Assert.Contains(store.Reader.Steps, kept => kept <= pinned);
        }

        Assert.Equal([18, 15, 12], store.Reader.Steps);
    }

    [Fact]
    public void Save_AfterGoingBack_ForgetsTheBestOfTheAbandonedFuture()
    {
        var store = CheckpointStore.Open(folder.Path, new CheckpointRetention(KeepLast: 3, KeepBest: 2));
        foreach (var step in new long[] { 10, 20, 30 }) store.Save(step, Parts(step));
        store.MarkBest(10, 50);
        store.MarkBest(30, 20);

        store.Save(20, Parts(20));

        Assert.Equal([(10L, 50.0)], store.Reader.Best);
    }

    [Fact]
    public void LoadAtOrBefore_PassesOverLaterAndDamagedOnes()
    {
        var store = CheckpointStore.Open(folder.Path, new CheckpointRetention(KeepLast: 9, KeepBest: 0));
        foreach (var step in new long[] { 10, 20, 30 }) store.Save(step, Parts(step));
        File.WriteAllBytes(folder.In("step-00000020/state.json"), [1]);
        var warnings = new List<string>();

        Assert.Equal(10, store.Reader.LoadAtOrBefore(29, warnings.Add)!.Step);
        Assert.Contains("step-00000020 is damaged", Assert.Single(warnings), StringComparison.Ordinal);
        Assert.Null(store.Reader.LoadAtOrBefore(9, warnings.Add));
    }
}
