using System.Globalization;
using Atelier.Data.Decoding;

namespace Atelier.Data;

/// <summary>
/// Files of a source on disk. Nothing is opened that has no size: a pipe without a writer would hang, and a
/// device never ends.
/// </summary>
internal static class RegularFile
{
    /// <summary>Reads the first bytes of a file.</summary>
    /// <param name="path">The file; links are followed.</param>
    /// <param name="most">How many bytes are wanted at most.</param>
    /// <param name="isWhole">Whether that is the whole file.</param>
    /// <exception cref="BadImageException">It cannot be read, or has more than
    /// <see cref="ImageLimits.MaxFileBytes"/>.</exception>
    public static byte[] Read(string path, long most, out bool isWhole)
    {
        try
        {
            isWhole = true;
            if (Target(path).Length == 0)
                return [];
            using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite
                | FileShare.Delete);
            var length = RandomAccess.GetLength(handle);
            if (length > ImageLimits.MaxFileBytes)
            {
                throw new BadImageException(string.Create(CultureInfo.InvariantCulture,
                    $"a file of {length} bytes; at most {ImageLimits.MaxFileBytes} are read"));
            }

            isWhole = length <= most;
            var bytes = GC.AllocateUninitializedArray<byte>((int)Math.Min(length, most));
            for (var filled = 0; filled < bytes.Length;)
            {
                var count = RandomAccess.Read(handle, bytes.AsSpan(filled), filled);
                if (count == 0)
                    throw new BadImageException("the file shrank while it was read");
                filled += count;
            }

            return bytes;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new BadImageException($"it cannot be read: {exception.Message}");
        }
    }

    /// <summary>Size and time of a file; zeros when it cannot be looked at.</summary>
    public static SourceStamp StampOf(string path)
    {
        try
        {
            var file = Target(path);
            return new SourceStamp(file.Length, file.LastWriteTimeUtc.Ticks);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return default;
        }
    }

    /// <summary>The file that a path means in the end.</summary>
    private static FileInfo Target(string path)
    {
        var file = new FileInfo(path);
        return file.Attributes.HasFlag(FileAttributes.ReparsePoint)
            && file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo target ? target : file;
    }
}
