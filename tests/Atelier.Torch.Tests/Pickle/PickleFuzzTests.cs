using System.Diagnostics;
using Atelier.Tests;
using Atelier.Torch.Pickle;

namespace Atelier.Torch.Tests.Pickle;

/// <summary>True checkpoints, bent. Whatever comes in, it is read or an AtelierException says why
/// not.</summary>
public sealed class PickleFuzzTests : CheckpointTest
{
    private const int Seed = 20_260_102;

    /// <summary>One input alone may take this long; it catches a hang, not a busy machine.</summary>
    private static readonly TimeSpan LongestInput = TimeSpan.FromSeconds(3);

    [Theory]
    [InlineData("training.pth", 800)]
    [InlineData("views.pth", 800)]
    [InlineData("views-legacy.pth", 800)]
    [InlineData("dtypes-protocol4.pth", 800)]
    public void Open_BentFile_IsReadOrRefused(string name, int inputs)
    {
        var random = new Random(Seed);
        var original = File.ReadAllBytes(Golden(name));
        var read = 0;
        for (var k = 0; k < inputs; k++) read += Survives(Bend(original, random), k) ? 1 : 0;

        // A mutator that breaks nothing tests little.
        Assert.InRange(read, 0, inputs / 2);
    }

    /// <summary>The pickle alone, in a sound archive: so that the checks of the zip do not shield
    /// it.</summary>
    [Theory]
    [InlineData(3000)]
    public void Open_BentPickleInSoundArchive_IsReadOrRefused(int inputs)
    {
        var random = new Random(Seed + 1);
        var pickle = PickleText.Start.Raw("}").Entry("weight", [2, 2], [2, 1]).Text("list").Raw("](").Int(3)
            .Text("x").Raw("es").Text("more").Raw("}q\u0001(").Text("b").Tensor([1, 3], [3, 1], 1)
            .Raw("us").Stop();
        var read = 0;
        for (var k = 0; k < inputs; k++)
            read += Survives(ZipMaker.Checkpoint(Bend(pickle, random)), k) ? 1 : 0;

        // Some bent pickles are still pickles, as when a letter of a name changes.
        Assert.InRange(read, inputs / 200, inputs / 2);
    }

    private static bool Survives(byte[] bytes, int input)
    {
        var watch = Stopwatch.StartNew();
        try
        {
            using var checkpoint = TorchCheckpoint.Open(new CheckpointBytes("weights.pth", bytes));
            foreach (var entry in checkpoint.Entries) checkpoint.Read(entry).Dispose();
            return true;
        }
        catch (AtelierException error)
        {
            Assert.Equal(FailureKind.Checkpoint, error.Kind);
            return false;
        }
        finally
        {
            Assert.True(watch.Elapsed < LongestInput, $"input {input} took {watch.Elapsed}");
        }
    }

    private static byte[] Bend(byte[] original, Random random)
    {
        var bytes = original.ToList();
        for (var change = random.Next(1, 4); change > 0; change--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(6))
            {
                case 0: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 1: bytes[at] = (byte)random.Next(256); break;
                case 2: bytes[at] = (byte)"().0123NJKMXUhqrRbcosStuQ}]ae"[random.Next(29)]; break;
                case 3: bytes.Insert(at, (byte)random.Next(256)); break;
                case 4: bytes.RemoveAt(at); break;
                default:
                    var other = random.Next(bytes.Count);
                    (bytes[at], bytes[other]) = (bytes[other], bytes[at]);
                    break;
            }
        }

        return [.. bytes];
    }
}
