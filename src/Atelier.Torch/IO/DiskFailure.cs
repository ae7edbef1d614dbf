using System.Globalization;
using System.Runtime.InteropServices;

namespace Atelier.IO;

/// <summary>Turns what the operating system says about a file into a sentence for the user.</summary>
public static class DiskFailure
{
    /// <summary>ENOSPC, which .NET puts into <c>IOException.HResult</c> as it is.</summary>
    public const int NoSpace = 0x1c;

    /// <summary>What <see cref="IsTooLarge"/> means, as a clause.</summary>
    public const string TooLargeReason =
        "the file system, or a limit on files (ulimit -f), holds no file of this size";

    private const int QuotaExceeded = 122;

    /// <summary>True when an exception means that the disk (or the quota) is full.</summary>
    public static bool IsNoSpace(Exception exception)
        => exception is IOException && exception.HResult is NoSpace or QuotaExceeded;

    /// <summary>
    /// True when an exception says that no file may become so large: EFBIG, of a file system (FAT from 4 GiB
    /// on) or of a limit (<c>ulimit -f</c>). .NET makes an argument out of range of it.
    /// </summary>
    public static bool IsTooLarge(Exception exception)
        => exception is ArgumentOutOfRangeException { ParamName: "value" }
            && exception.TargetSite?.DeclaringType?.Namespace is { } thrower
            && thrower.StartsWith("System.IO", StringComparison.Ordinal);

    /// <summary>The failure for a file that may not become so large.</summary>
    public static AtelierException TooLarge(string path, Exception exception)
        => new(FailureKind.Disk,
            $"Cannot write '{path}': {TooLargeReason}.", exception);

    /// <summary>
    /// The failure for a file that does not fit on its disk, with the bytes needed and free.
    /// </summary>
    /// <param name="path">The file that was to be written.</param>
    /// <param name="neededBytes">Its size, or 0 when unknown.</param>
    public static AtelierException Full(string path, long neededBytes)
        => new(FailureKind.Disk, NoSpaceMessage(path, neededBytes));

    /// <summary>A failure of kind Disk from an exception of .NET.</summary>
    /// <param name="exception">What .NET threw; its text and error number go into the message.</param>
    /// <param name="path">The file that was being written or read.</param>
    /// <param name="neededBytes">What the caller wanted to write, or 0 when unknown.</param>
    public static AtelierException From(Exception exception, string path, long neededBytes = 0)
    {
        ArgumentNullException.ThrowIfNull(exception);
        if (IsTooLarge(exception))
            return TooLarge(path, exception);
        if (IsNoSpace(exception))
            return new AtelierException(FailureKind.Disk, NoSpaceMessage(path, neededBytes), exception);
        return new AtelierException(
            FailureKind.Disk, $"Cannot write or read '{path}': {Reason(exception, path)}", exception);
    }

    /// <summary>A failure of kind Disk from an error number of a system call.</summary>
    public static AtelierException FromErrno(int error, string call, string path, long neededBytes = 0)
    {
        if (error is NoSpace or QuotaExceeded)
            return Full(path, neededBytes);
        var reason = Marshal.GetPInvokeErrorMessage(error);
        return new AtelierException(FailureKind.Disk,
            string.Create(CultureInfo.InvariantCulture,
                $"{call} of '{path}' failed: {reason} (error {error})."));
    }

    /// <summary>
    /// Bytes that are free for this user on the file system of a path, or -1 when that cannot be told.
    /// </summary>
    public static long FreeBytes(string path)
    {
        try
        {
            return new DriveInfo(Path.GetDirectoryName(Path.GetFullPath(path)) ?? path).AvailableFreeSpace;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException
            or ArgumentException)
        {
            return -1;
        }
    }

    private static string Reason(Exception exception, string path)
    {
        if (exception is not DirectoryNotFoundException) return exception.Message;
        var folder = Path.GetDirectoryName(Path.GetFullPath(path));
        return $"its folder does not exist; make it first: mkdir -p '{folder}'.";
    }

    private static string NoSpaceMessage(string path, long neededBytes)
    {
        var free = FreeBytes(path);
        var needed = neededBytes > 0
            ? string.Create(CultureInfo.InvariantCulture, $" It needs {neededBytes} bytes.")
            : "";
        var left = free >= 0
            ? string.Create(CultureInfo.InvariantCulture, $" {free} bytes are free there.")
            : "";
        return $"The disk is full: '{path}' could not be written, and nothing was left of it.{needed}{left} "
            + "Free some space, or write to another disk.";
    }
}
