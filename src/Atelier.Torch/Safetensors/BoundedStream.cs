namespace Atelier.Torch.Safetensors;

/// <summary>
/// Passes on exactly the bytes of one tensor; one more or one less would shift every tensor after it.
/// </summary>
internal sealed class BoundedStream(Stream inner, SafetensorsEntry entry) : Stream
{
    private long written;

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => written;
        set => throw new NotSupportedException();
    }

    /// <summary>Checks that all bytes came.</summary>
    public void Finish()
    {
        if (written != entry.ByteCount)
            throw Wrong(written);
    }

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (buffer.Length > entry.ByteCount - written)
            throw Wrong(written + buffer.Length);
        inner.Write(buffer);
        written += buffer.Length;
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    private AtelierException Wrong(long count) => new(
        FailureKind.Bug,
        $"The payload of {entry} wrote {count} bytes, and the tensor has {entry.ByteCount}.");
}
