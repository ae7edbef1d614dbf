using Atelier.IO;
using Microsoft.Win32.SafeHandles;

namespace Atelier.Data.Archives;

/// <summary>
/// Decompresses once into a temporary file, so that many threads can read from anywhere in it. The file has
/// lost its name before its first byte is written: however the process ends, nothing stays behind. It lies in
/// the folder of TMPDIR.
/// </summary>
internal static class Spool
{
    private const int BlockBytes = 1 << 18;

    /// <summary>Decompresses a whole stream.</summary>
    /// <param name="path">What messages call it.</param>
    /// <param name="content">The decompressed content, from its first byte.</param>
    /// <param name="packedBytes">The compressed bytes it comes from.</param>
    /// <returns>The content.</returns>
    /// <exception cref="AtelierException">Kind Dataset: damaged, or it grows beyond
    /// <see cref="ArchiveLimits"/>; kind Disk: no space.</exception>
    public static ArchiveBytes Write(string path, Stream content, long packedBytes)
    {
        var temporary = Path.Combine(
            Path.GetTempPath(), AtomicFile.TemporaryPrefix + "spool-" + Path.GetRandomFileName());
        SafeFileHandle? handle = null;
        try
        {
            handle = File.OpenHandle(temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete);
            File.Delete(temporary);
            Copy(path, content, packedBytes, handle);
            return new ArchiveBytes(path, handle);
        }
        catch (Exception exception)
        {
            handle?.Dispose();
            if (exception is IOException or UnauthorizedAccessException)
                throw DiskFailure.From(exception, temporary);
            throw;
        }
    }

    private static void Copy(string path, Stream content, long packedBytes, SafeFileHandle target)
    {
        var buffer = new byte[BlockBytes];
        var total = 0L;
        try
        {
            for (int count; (count = content.ReadAtLeast(buffer, BlockBytes, false)) > 0;)
            {
                total += count;
                if (ArchiveLimits.IsBomb(packedBytes, total))
                    throw Refuse(path, FormattableString.Invariant(
                        $"its {packedBytes} bytes unpack to over {ArchiveLimits.MaxRatio} times as many"));
                if (total > ArchiveLimits.MaxTotalBytes)
                    throw Refuse(path, FormattableString.Invariant(
                        $"it unpacks to more than {ArchiveLimits.MaxTotalBytes} bytes"));
                RandomAccess.Write(target, buffer.AsSpan(0, count), total - count);
            }
        }
        catch (InvalidDataException exception)
        {
            throw Refuse(path, $"its compressed data is damaged or cut short ({exception.Message})");
        }
    }

    private static AtelierException Refuse(string path, string holds)
        => new ArchiveBytes(path, default(ReadOnlyMemory<byte>)).Refuse(holds);
}
