using Atelier.IO;
using Microsoft.Win32.SafeHandles;

namespace Atelier.Data.Archives;

/// <summary>The bytes of a file that a dataset is read from.</summary>
internal sealed class ArchiveBytes : UntrustedBytes
{
    /// <summary>Wraps bytes in memory.</summary>
    public ArchiveBytes(string path, ReadOnlyMemory<byte> memory)
        : base(path, memory)
    {
    }

    /// <summary>Takes over an open file.</summary>
    public ArchiveBytes(string path, SafeFileHandle handle)
        : base(path, handle)
    {
    }

    /// <summary>Opens a file.</summary>
    /// <exception cref="AtelierException">Kind Disk: it cannot be opened; kind Dataset: it is no ordinary
    /// file.</exception>
    public static ArchiveBytes Open(string path)
    {
        try
        {
            return new ArchiveBytes(path, OpenOrdinary(
                path, why => new AtelierException(FailureKind.Dataset, $"'{path}' {why}.")));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw DiskFailure.From(exception, path);
        }
    }

    /// <inheritdoc/>
    public override AtelierException Refuse(string holds)
        => new(FailureKind.Dataset, $"'{Path}' is refused: {holds}. Nothing was written.");

    /// <inheritdoc/>
    protected override AtelierException Unreadable(IOException error) => DiskFailure.From(error, Path);
}
