using Atelier.IO;

namespace Atelier.Torch.Tests.IO;

public sealed class AtomicFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("atelier-io-").FullName;

    private string Target => Path.Combine(folder, "file.bin");

    public void Dispose() => Directory.Delete(folder, true);

    [Fact]
    public void Write_NewAndOldFile_HoldsTheContentAndNothingElseIsLeft()
    {
        AtomicFile.Write(Target, stream => stream.Write([1, 2, 3]));
        AtomicFile.Write(Target, stream => stream.Write([4, 5]));

        Assert.Equal([4, 5], File.ReadAllBytes(Target));
        Assert.Equal([Target], Directory.GetFileSystemEntries(folder));
    }

    [Fact]
    public void Write_WriterFails_KeepsTheOldFileAndRemovesTheNew()
    {
        AtomicFile.Write(Target, stream => stream.Write([1]));

        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(Target, stream =>
        {
            stream.Write(new byte[100_000]);
            throw new InvalidOperationException("writer");
        }));

        Assert.Equal([1], File.ReadAllBytes(Target));
        Assert.Equal([Target], Directory.GetFileSystemEntries(folder));
    }

    [Fact]
    public void Write_DiskFull_IsKindDiskWithNeededAndFreeBytes()
    {
        var failure = Assert.Throws<AtelierException>(() => AtomicFile.Write(Target,
            _ => throw new IOException("no space", DiskFailure.NoSpace), neededBytes: 12_345));

        Assert.Equal(FailureKind.Disk, failure.Kind);
        Assert.Contains("needs 12345 bytes", failure.Message, StringComparison.Ordinal);
        Assert.Contains("bytes are free", failure.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(folder));
    }

    [Fact]
    public void Write_FolderMissing_SaysHowToMakeIt()
    {
        var missing = Path.Combine(folder, "missing");

        var failure = Assert.Throws<AtelierException>(
            () => AtomicFile.Write(Path.Combine(missing, "x"), _ => { }));

        Assert.Equal(FailureKind.Disk, failure.Kind);
        Assert.EndsWith($"mkdir -p '{missing}'.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_TargetAFolder_IsKindDisk()
    {
        Directory.CreateDirectory(Target);
        Assert.Equal(FailureKind.Disk,
            Assert.Throws<AtelierException>(() => AtomicFile.Write(Target, _ => { })).Kind);
        Assert.Equal([Target], Directory.GetFileSystemEntries(folder));
    }

    [Fact]
    public void Rename_ToAnotherDevice_FailsAndNeverCopies()
    {
        const string memory = "/dev/shm";
        Assert.SkipUnless(Directory.Exists(memory), "no second file system at /dev/shm");
        File.WriteAllBytes(Target, [1]);
        var other = Path.Combine(memory, Path.GetRandomFileName());
        Assert.SkipWhen(new DriveInfo(memory).Name == new DriveInfo(folder).Name,
            "the temporary folder is in /dev/shm");

        var failure = Assert.Throws<AtelierException>(() => AtomicFile.Rename(Target, other));

        Assert.Contains("different devices", failure.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(other));
        Assert.True(File.Exists(Target));
    }

    [Fact]
    public void Fsync_FileAndFolder_WorkAndNameWhatIsMissing()
    {
        File.WriteAllBytes(Target, [1]);
        AtomicFile.FsyncFile(Target);
        AtomicFile.FsyncDirectory(folder);

        var missing = Path.Combine(folder, "missing");
        Assert.Contains("missing",
            Assert.Throws<AtelierException>(() => AtomicFile.FsyncFile(missing)).Message,
            StringComparison.Ordinal);
        Assert.Contains("missing",
            Assert.Throws<AtelierException>(() => AtomicFile.FsyncDirectory(missing)).Message,
            StringComparison.Ordinal);
    }
}
