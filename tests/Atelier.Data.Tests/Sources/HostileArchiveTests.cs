using Atelier.Data.Tests.Support;

namespace Atelier.Data.Tests.Sources;

/// <summary>Archives that want to write elsewhere, to exhaust the machine, or to be read in two
/// ways.</summary>
public sealed class HostileArchiveTests : IDisposable
{
    private static readonly Dictionary<string, (Func<byte[]> File, string Holds)> Attacks = new(
        HostileZips.All().Concat(HostileTars.All()), StringComparer.Ordinal);

    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Names() => [.. Attacks.Keys];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void Archive_Hostile_IsRefusedAndNothingIsWritten(string attack)
    {
        var (make, holds) = Attacks[attack];
        var path = folder.Write("in/source", make());
        folder.Write("in/sentinel.png", [1]);
        folder.Write("sentinel.png", [1]);
        folder.Make("out");
        var before = Tree();

        var failure = Assert.ThrowsAny<AtelierException>(() =>
        {
            using var source = DatasetOpener.OpenSource(path);
            DatasetPacker.Pack(source, folder["out/x.atl"], new PackOptions { Size = 4 });
        });

        Assert.Equal(FailureKind.Dataset, failure.Kind);
        Assert.Contains(holds, failure.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", failure.Message, StringComparison.Ordinal);
        Assert.Equal(before, Tree());
        Assert.DoesNotContain(Directory.EnumerateFileSystemEntries(Path.GetTempPath()),
            static each => each.Contains("hostile-escape", StringComparison.Ordinal));
    }

    [Fact]
    public void Archives_ThatAreHostile_AreManyKinds() => Assert.InRange(Attacks.Count, 25, 100);

    [Fact]
    public void Archive_OfTheHostileKindsButHonest_IsRead()
    {
        // What the attacks are made of, without the attack: they are refused for that alone.
        foreach (var file in new[] { HostileZips.Honest(), HostileTars.Honest() })
        {
            using var source = DatasetOpener.OpenSource(folder.Write("x", file));
            Assert.Empty(DatasetScanner.Scan(source, new PackOptions()));
            Assert.Equal(2, source.Count);
        }
    }

    private string[] Tree() => [.. Directory.EnumerateFileSystemEntries(folder.Path, "*",
            SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        .Select(static path => File.Exists(path) ? $"{path} {Convert.ToHexString(File.ReadAllBytes(path))}"
            : path)];
}
