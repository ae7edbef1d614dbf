using Atelier.Tests;
using Atelier.Torch.Pickle;

namespace Atelier.Torch.Tests.Pickle;

/// <summary>Base of the tests that write checkpoints into a folder of their own.</summary>
public abstract class CheckpointTest : TensorTest
{
    internal static string Golden(string name) =>
        Path.Combine(AppContext.BaseDirectory, "Pickle", "Golden", name);

    /// <summary>
    /// Asserts that a file is refused with exit code 5's kind and a sentence that names it and what it holds,
    /// and that its folder then has nothing more than it had.
    /// </summary>
    internal static void AssertRefused(byte[] file, string holds)
    {
        var folder = Directory.CreateTempSubdirectory("atelier-pickle-").FullName;
        try
        {
            var path = Path.Combine(folder, "weights.pth");
            File.WriteAllBytes(path, file);
            var error = Assert.Throws<AtelierException>(() =>
            {
                using var checkpoint = TorchCheckpoint.Open(path);
                foreach (var entry in checkpoint.Entries) checkpoint.Read(entry).Dispose();
            });

            Assert.Equal(FailureKind.Checkpoint, error.Kind);
            Assert.Contains(path, error.Message, StringComparison.Ordinal);
            Assert.Contains(holds, error.Message, StringComparison.Ordinal);
            Assert.Equal([path], Directory.EnumerateFileSystemEntries(folder));
            Assert.False(File.Exists(Sentinel), "the file was executed");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Asserts that each of many files is refused.</summary>
    internal static void AssertEachRefused(IEnumerable<byte[]> files)
    {
        var path = Path.GetTempFileName();
        try
        {
            foreach (var file in files)
            {
                File.WriteAllBytes(path, file);
                var error = Assert.Throws<AtelierException>(() => TorchCheckpoint.Open(path).Dispose());
                Assert.Equal(FailureKind.Checkpoint, error.Kind);
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>What every attack tries to make.</summary>
    internal static string Sentinel { get; } =
        Path.Combine(Path.GetTempPath(), $"atelier-owned-{Environment.ProcessId}");

    internal static TorchCheckpoint OpenBytes(byte[] file)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, file);
            return TorchCheckpoint.Open(path);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
