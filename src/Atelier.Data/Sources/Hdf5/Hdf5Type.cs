using Atelier.IO;

namespace Atelier.Data.Hdf5;

/// <summary>A type of whole numbers (HDF5 File Format Specification 3.0, IV.A.2.d, class 0).</summary>
/// <param name="Width">Bytes of one: 1, 2, 4 or 8.</param>
/// <param name="IsSigned">Whether it has a sign.</param>
internal readonly record struct Hdf5Type(int Width, bool IsSigned)
{
    /// <summary>Reads a datatype message.</summary>
    /// <exception cref="AtelierException">Another class, or another byte order.</exception>
    public static Hdf5Type Read(UntrustedBytes file, byte[] message)
    {
        var cursor = new Hdf5Cursor(file, message);
        var isWhole = (cursor.Byte() & 0x0F) == 0;
        int bits = cursor.Byte();
        cursor.Take(2);
        var width = cursor.UInt32();
        return isWhole && width is 1 or 2 or 4 or 8 && ((bits & 1) == 0 || width == 1)
            ? new Hdf5Type((int)width, (bits & 8) != 0)
            : throw file.Refuse("one of its datasets does not hold little-endian whole numbers");
    }
}
