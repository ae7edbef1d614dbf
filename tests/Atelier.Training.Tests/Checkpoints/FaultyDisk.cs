using Atelier.Training.Checkpoints;

namespace Atelier.Training.Tests.Checkpoints;

/// <summary>
/// The real disk, until operation number <c>failAt</c> (from 1). A crash fails that one and every one after,
/// as for a killed process; an error fails that one only. A write that fails leaves half its bytes behind.
/// </summary>
internal sealed class FaultyDisk(int failAt = 0, bool crash = false, int errorNumber = 5)
    : ICheckpointFileSystem
{
    private readonly DiskFileSystem inner = new();

    public List<string> Log { get; } = [];

    public int Operations => Log.Count;

    private int ErrorNumber { get; } = errorNumber;

    public void CreateFolder(string path) => Do("mkdir", path, () => inner.CreateFolder(path));

    public Stream CreateFile(string path)
    {
        Stream? stream = null;
        Do("create", path, () => stream = inner.CreateFile(path));
        return new FaultyStream(this, stream!, path);
    }

    public void FsyncFile(string path) => Do("fsync", path, () => inner.FsyncFile(path));

    public void FsyncFolder(string path) => Do("fsyncdir", path, () => inner.FsyncFolder(path));

    public void Rename(string from, string to) =>
        Do("rename", from + ">" + Path.GetFileName(to), () => inner.Rename(from, to));

    public void DeleteFile(string path) => Do("delete", path, () => inner.DeleteFile(path));

    public void DeleteFolder(string path) => Do("rmdir", path, () => inner.DeleteFolder(path));

    public long FreeBytes(string folder) => 1_234_567;

    private void Do(string name, string path, Action action)
    {
        Log.Add($"{name} {Path.GetFileName(path)}");
        if (Fails())
            throw new IOException("Input/output error.", ErrorNumber);
        action();
    }

    private bool Fails() => failAt > 0 && (crash ? Operations >= failAt : Operations == failAt);

    private sealed class FaultyStream(FaultyDisk disk, Stream inner, string path) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => inner.Length;

        public override long Position
        {
            get => inner.Position;
            set => throw new NotSupportedException();
        }

        public override void Write(byte[] buffer, int offset, int count) =>
            Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            disk.Log.Add($"write {Path.GetFileName(path)}");
            if (disk.Fails())
            {
                inner.Write(buffer[..(buffer.Length / 2)]);
                throw new IOException("No space left on device.", disk.ErrorNumber);
            }

            inner.Write(buffer);
        }

        public override void Flush() => inner.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
