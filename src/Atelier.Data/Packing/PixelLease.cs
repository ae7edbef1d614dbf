using System.Runtime.InteropServices;

namespace Atelier.Data;

/// <summary>
/// Keeps the mapping of a packed dataset alive while somebody holds a pointer into it, even when the dataset
/// is disposed first. Hand it to a zero-copy tensor as what must be kept alive; it lets go when disposed or
/// collected.
/// </summary>
public sealed class PixelLease : IDisposable
{
    private SafeBuffer? mapping;

    internal unsafe PixelLease(SafeBuffer mapping, long offset)
    {
        byte* start = null;
        mapping.AcquirePointer(ref start);
        this.mapping = mapping;
        Pointer = (nint)(start + offset);
    }

    /// <summary>Lets go when the owner forgot to.</summary>
    ~PixelLease() => Dispose();

    /// <summary>The first byte.</summary>
    public nint Pointer { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Interlocked.Exchange(ref mapping, null)?.ReleasePointer();
        GC.SuppressFinalize(this);
    }
}
