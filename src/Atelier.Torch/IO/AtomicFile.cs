using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Atelier.IO;

/// <summary>
/// Files that are either whole or absent: write beside the target, fsync, rename(2), fsync the folder. .NET's
/// own <c>File.Move</c> copies in silence across devices and <c>Flush(true)</c> hides some failures, so the
/// system calls are made directly and every error number is looked at.
/// </summary>
public static partial class AtomicFile
{
    /// <summary>
    /// How the names of unfinished files begin; a caller may remove stale ones after a crash.
    /// </summary>
    public const string TemporaryPrefix = ".tmp-";

    private const int InterruptedCall = 4;
    private const int CrossDevice = 18;
    private const int InvalidArgument = 22;
    private const int OpenFolderFlags = 0x10000 | 0x80000; // O_RDONLY | O_DIRECTORY | O_CLOEXEC on Linux
    private const int BufferBytes = 1 << 16;

    /// <summary>
    /// Calls <paramref name="write"/> with a new file in the folder of <paramref name="path"/>, then makes it
    /// durable and renames it to <paramref name="path"/>. Whatever goes wrong, the old file stays and the
    /// unfinished one is removed.
    /// </summary>
    /// <param name="path">The file to create or replace; its folder must exist.</param>
    /// <param name="write">Writes the content; the stream can seek, and is closed for it.</param>
    /// <param name="neededBytes">What the caller expects to write, for the message when the disk is
    /// full.</param>
    /// <exception cref="AtelierException">Kind Disk: no space, no permission, or an input/output
    /// failure.</exception>
    public static void Write(string path, Action<Stream> write, long neededBytes = 0)
    {
        ArgumentNullException.ThrowIfNull(write);
        var target = Path.GetFullPath(path);
        var folder = Path.GetDirectoryName(target)
            ?? throw new AtelierException(FailureKind.Disk, $"'{path}' is a folder; name a file inside it.");
        var temporary = Path.Combine(folder, TemporaryPrefix + Path.GetRandomFileName());
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.ReadWrite,
                FileShare.Read,
                BufferBytes))
            {
                write(stream);
                stream.Flush();
                Fsync(stream.SafeFileHandle, target);
            }

            Rename(temporary, target);
            FsyncDirectory(folder);
        }
        catch (Exception exception)
        {
            RemoveQuietly(temporary);
            if (exception is IOException or UnauthorizedAccessException || DiskFailure.IsTooLarge(exception))
                throw DiskFailure.From(exception, target, neededBytes);
            throw;
        }
    }

    /// <summary>Waits until the content of a file is on the disk.</summary>
    /// <exception cref="AtelierException">Kind Disk: the file cannot be opened, or fsync(2)
    /// failed.</exception>
    public static void FsyncFile(string path)
    {
        try
        {
            using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            Fsync(handle, path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw DiskFailure.From(exception, path);
        }
    }

    /// <summary>Waits until the entries of a folder (a rename in it, a new file) are on the disk.</summary>
    /// <exception cref="AtelierException">Kind Disk: the folder cannot be opened, or fsync(2)
    /// failed.</exception>
    public static void FsyncDirectory(string path)
    {
        int descriptor;
        do
            descriptor = NativeOpen(path, OpenFolderFlags);
        while (descriptor < 0 && Marshal.GetLastPInvokeError() == InterruptedCall);
        if (descriptor < 0)
            throw DiskFailure.FromErrno(Marshal.GetLastPInvokeError(), "open", path);
        try
        {
            int status;
            do
                status = NativeFsync(descriptor);
            while (status < 0 && Marshal.GetLastPInvokeError() == InterruptedCall);
            // Some network and FUSE file systems cannot sync a folder and say EINVAL; there is nothing to
            // mend then.
            if (status < 0 && Marshal.GetLastPInvokeError() != InvalidArgument)
                throw DiskFailure.FromErrno(Marshal.GetLastPInvokeError(), "fsync", path);
        }
        finally
        {
            _ = NativeClose(descriptor);
        }
    }

    /// <summary>
    /// rename(2): replaces a file, or moves a folder onto a name that is free or an empty folder, in one
    /// step. Never copies.
    /// </summary>
    /// <exception cref="AtelierException">Kind Disk: another device (EXDEV), no permission, or any other
    /// error.</exception>
    public static void Rename(string from, string to)
    {
        if (NativeRename(from, to) == 0)
            return;
        var error = Marshal.GetLastPInvokeError();
        if (error == CrossDevice)
        {
            throw new AtelierException(FailureKind.Disk,
                $"Cannot rename '{from}' to '{to}': they lie on different "
                + "devices, and a copy would not be atomic; keep both on one file system.");
        }

        throw DiskFailure.FromErrno(error, "rename", to);
    }

    private static void Fsync(SafeFileHandle handle, string path)
    {
        int status;
        do
            status = NativeFsync(handle);
        while (status < 0 && Marshal.GetLastPInvokeError() == InterruptedCall);
        if (status < 0)
            throw DiskFailure.FromErrno(Marshal.GetLastPInvokeError(), "fsync", path);
    }

    private static void RemoveQuietly(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The first failure is the one to report; a file that cannot be removed carries the prefix of
            // stale files.
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true,
        StringMarshalling = StringMarshalling.Utf8)]
    private static partial int NativeOpen(string path, int flags);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int NativeClose(int descriptor);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int NativeFsync(int descriptor);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int NativeFsync(SafeFileHandle handle);

    [LibraryImport("libc", EntryPoint = "rename", SetLastError = true,
        StringMarshalling = StringMarshalling.Utf8)]
    private static partial int NativeRename(string from, string to);
}
