namespace Atelier.Data.Arrays;

/// <summary>Images of one shape in a row. Reading is safe from many threads.</summary>
internal abstract class ImageArray : IDisposable
{
    /// <summary>How many there are.</summary>
    public abstract int Count { get; }

    /// <summary>The shape of each.</summary>
    public abstract ImageShape Shape { get; }

    /// <summary>The bytes of an image in the order of <see cref="Shape"/>, newly allocated.</summary>
    /// <exception cref="Decoding.BadImageException">They cannot be read.</exception>
    public abstract byte[] Read(int index);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees what the array holds.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }
}
