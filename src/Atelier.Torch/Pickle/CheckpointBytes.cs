using Atelier.IO;
using Microsoft.Win32.SafeHandles;

namespace Atelier.Torch.Pickle;

/// <summary>The bytes of a foreign checkpoint.</summary>
internal sealed class CheckpointBytes : UntrustedBytes
{
    /// <summary>Takes bytes that are in memory.</summary>
    /// <param name="path">What messages call them.</param>
    /// <param name="memory">The whole file.</param>
    public CheckpointBytes(string path, ReadOnlyMemory<byte> memory)
        : base(path, memory)
    {
    }

    private CheckpointBytes(string path, SafeFileHandle handle)
        : base(path, handle)
    {
    }

    /// <summary>Opens a file for reading; nothing is read yet.</summary>
    /// <exception cref="AtelierException">Missing, empty or unreadable (Checkpoint).</exception>
    public static CheckpointBytes Open(string path)
    {
        try
        {
            if (!File.Exists(path))
                throw new AtelierException(
                    FailureKind.Checkpoint,
                    Directory.Exists(path)
                        ? $"{path} is a folder, not a checkpoint; name a file in it."
                        : $"There is no file {path}. Check the path.");
            return new CheckpointBytes(path, OpenOrdinary(
                path, why => new AtelierException(FailureKind.Checkpoint, $"{path} {why}.")));
        }
        catch (Exception error) when (
            error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw Unreadable(path, error);
        }
    }

    /// <inheritdoc/>
    public override AtelierException Refuse(string holds) => new(
        FailureKind.Checkpoint,
        $"{Path} is refused: {holds}. Expected a state dict as torch.save writes it: tensors by name, " +
        "uncompressed, and nothing that runs. Nothing of it was executed.");

    /// <inheritdoc/>
    protected override AtelierException Unreadable(IOException error) => Unreadable(Path, error);

    private static AtelierException Unreadable(string path, Exception error) =>
        new(FailureKind.Checkpoint, $"Cannot read {path}: {error.Message}", error);
}
