using System.Runtime.InteropServices;

namespace Atelier.Data.Archives;

/// <summary>
/// Decompresses Zstandard frames (RFC 8878) one after another. A window above libzstd's own bound of 128 MiB
/// is an error, and so is an end inside a frame.
/// </summary>
internal sealed unsafe class ZstdStream : Stream
{
    private const int InputBytes = 1 << 17;

    private readonly Stream source;
    private readonly byte[] input = GC.AllocateUninitializedArray<byte>(InputBytes);
    private nint native;
    private int inputEnd;
    private int inputAt;
    private bool isInsideFrame;
    private bool mayHoldMore;

    /// <summary>Takes over a stream.</summary>
    /// <exception cref="AtelierException">Kind Preflight: libzstd is not installed.</exception>
    public ZstdStream(Stream source)
    {
        this.source = source;
        try
        {
            native = NativeZstd.Create();
        }
        catch (DllNotFoundException exception)
        {
            throw new AtelierException(FailureKind.Preflight, "libzstd is not installed, and a .zst archive "
                + "cannot be read without it. Run 'apt-get install libzstd1' and try again.", exception);
        }

        if (native == 0)
            throw new AtelierException(FailureKind.OutOfMemory,
                "There is no memory for a Zstandard decompressor. Close other programs and try again.");
    }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The data is damaged or cut short.</exception>
    public override int Read(Span<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(native == 0, this);
        while (!buffer.IsEmpty)
        {
            if (inputAt == inputEnd && !mayHoldMore)
            {
                (inputAt, inputEnd) = (0, source.Read(input));
                if (inputEnd == 0)
                    return isInsideFrame ? throw new InvalidDataException("it ends inside a frame") : 0;
            }

            var written = Step(buffer);
            if (written > 0) return written;
        }

        return 0;
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (native != 0)
            _ = NativeZstd.Free(native);
        native = 0;
        if (disposing)
            source.Dispose();
        base.Dispose(disposing);
    }

    private int Step(Span<byte> target)
    {
        fixed (byte* to = target)
        fixed (byte* from = input)
        {
            var output = new NativeZstd.Buffer { Data = to, Size = (nuint)target.Length };
            var given = new NativeZstd.Buffer
            {
                Data = from, Size = (nuint)inputEnd, Position = (nuint)inputAt,
            };
            var left = NativeZstd.Decompress(native, &output, &given);
            if (NativeZstd.IsError(left) != 0)
                throw new InvalidDataException(Marshal.PtrToStringUTF8(NativeZstd.ErrorText(left)));
            // Without progress the answer speaks of the next frame, which need not come.
            if (output.Position > 0 || (int)given.Position > inputAt)
                isInsideFrame = left != 0;
            inputAt = (int)given.Position;
            mayHoldMore = output.Position == output.Size;
            return (int)output.Position;
        }
    }
}
