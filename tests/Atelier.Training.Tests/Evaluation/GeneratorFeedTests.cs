using Atelier.Gan;
using Atelier.Metrics;
using Atelier.Tests;
using Atelier.Training.Evaluation;

namespace Atelier.Training.Tests.Evaluation;

public sealed class GeneratorFeedTests : TensorTest
{
    private const int Count = 210;
    private static readonly string Root = RepositoryRoot();

    [Fact]
    public void Next_OfTheShippedGenerator_GivesTheSameBytesHoweverItIsAsked()
    {
        using var session = new GeneratorSession(Path.Combine(Root, "models", "fashion32.safetensors"));

        var whole = Draw(session, 210);

        Assert.Equal(whole, Draw(session, 64));
        Assert.Equal(whole, Draw(session, 7));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void Extract_OfTheShippedClassifier_IsTheSameInBatchesOfAnySize(int batch)
    {
        using var backbone = SmallClassifierBackbone.Load(
            Path.Combine(Root, "models", "backbones", "fashion32.safetensors"));
        using var session = new GeneratorSession(Path.Combine(Root, "models", "fashion32.safetensors"));
        using var feed = new GeneratorFeed(session.Generator, null, 3);
        var images = ImageQuantiser.ToTensor(feed.Next(0, 40).Images.Span, 1, 32);

        var (features, logits) = backbone.Extract(images);

        for (var start = 0; start < 40; start += batch)
        {
            var count = Math.Min(batch, 40 - start);
            var (some, someLogits) = backbone.Extract(images.Narrow(0, start, count));
            Assert.InRange(MaxDifference(features.Narrow(0, start, count), some), 0, 1e-5);
            Assert.InRange(MaxDifference(logits.Narrow(0, start, count), someLogits), 0, 1e-4);
        }
    }

    [Fact]
    public void Next_OfOneClass_HasItsLabelOnly()
    {
        using var session = new GeneratorSession(Path.Combine(Root, "models", "fashion32.safetensors"));
        using var feed = new GeneratorFeed(session.Generator, null, 3, onlyClass: 4);
        using var turns = new GeneratorFeed(session.Generator, null, 3);

        Assert.All(feed.Next(0, 5).Labels.ToArray(), static label => Assert.Equal(4, label));
        Assert.Equal([0, 1, 2], turns.Next(0, 3).Labels.ToArray());
        Assert.Equal([3, 4], turns.Next(3, 2).Labels.ToArray());
    }

    private static byte[] Draw(GeneratorSession session, int batch)
    {
        using var feed = new GeneratorFeed(session.Generator, 0.8, 11);
        var bytes = new List<byte>();
        for (var start = 0; start < Count; start += batch)
            bytes.AddRange(feed.Next(start, Math.Min(batch, Count - start)).Images.Span);
        return [.. bytes];
    }

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Atelier.slnx")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("These tests run in the source tree.");
    }
}
