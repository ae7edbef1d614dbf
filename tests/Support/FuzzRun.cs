using System.Diagnostics;

namespace Atelier.Tests;

/// <summary>Feeds bent files to a reader: each is read, or an AtelierException says why not.</summary>
internal static class FuzzRun
{
    /// <summary>One input alone may take this long; it catches a hang, not a busy machine.</summary>
    private static readonly TimeSpan LongestInput = TimeSpan.FromSeconds(5);

    /// <summary>Bends files of a corpus and reads them.</summary>
    /// <param name="inputs">How many.</param>
    /// <param name="seed">The same inputs for the same seed.</param>
    /// <param name="corpus">Sound files; each is read as it is first.</param>
    /// <param name="kind">The kind of every refusal.</param>
    /// <param name="read">Reads all of a file.</param>
    /// <param name="favourites">Bytes that matter to the format.</param>
    public static void Run(int inputs, int seed, IReadOnlyList<byte[]> corpus, FailureKind kind,
        Action<byte[]> read, byte[]? favourites = null)
    {
        foreach (var file in corpus)
            read(file);
        var mutator = new ByteMutator(seed, favourites);
        var refused = 0;
        for (var i = 0; i < inputs; i++)
        {
            var file = mutator.Bend(corpus[i % corpus.Count]);
            var start = Stopwatch.GetTimestamp();
            try
            {
                read(file);
            }
            catch (AtelierException failure)
            {
                Assert.Equal(kind, failure.Kind);
                refused++;
            }
            catch (Exception failure)
            {
                var shown = file.AsSpan(0, Math.Min(file.Length, 2048));
                throw new InvalidOperationException(
                    $"input {i} of seed {seed}: {Convert.ToHexString(shown)}", failure);
            }

            var elapsed = Stopwatch.GetElapsedTime(start);
            Assert.True(elapsed < LongestInput, $"input {i} of seed {seed} took {elapsed}");
        }

        // A mutator that breaks nothing, or everything, tests little.
        Assert.InRange(refused, inputs / 50, inputs * 499 / 500);
    }
}
