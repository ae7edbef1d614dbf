using Atelier.IO;

namespace Atelier.Data.Hdf5;

/// <summary>The beginning of an HDF5 file (HDF5 File Format Specification 3.0, II.A), versions 0 to
/// 3.</summary>
internal static class Hdf5Superblock
{
    private const int MostBytes = 128;

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'H', (byte)'D', (byte)'F', 13, 10, 26, 10];

    /// <summary>Whether a file begins as HDF5.</summary>
    public static bool Recognises(ReadOnlySpan<byte> prefix) => prefix.StartsWith(Signature);

    /// <summary>Finds the object header of the root group.</summary>
    /// <exception cref="AtelierException">No HDF5 of these versions, or an incomplete copy.</exception>
    public static long RootHeader(UntrustedBytes file)
    {
        var bytes = file.Read(0, (int)Math.Min(MostBytes, file.Length));
        if (!Recognises(bytes)) throw file.Refuse("it does not begin as an HDF5 file");
        var cursor = new Hdf5Cursor(file, bytes.AsSpan(Signature.Length));
        var version = cursor.Byte();
        if (version > 3) throw file.Refuse($"its superblock has version {version}; 0 to 3 are read");
        cursor.Take(version < 2 ? 4 : 0);
        if (cursor.Byte() != 8 || cursor.Byte() != 8)
            throw file.Refuse("its addresses or lengths do not have 8 bytes");
        cursor.Take(version switch { 0 => 9, 1 => 13, _ => 1 });
        var start = cursor.Address();
        cursor.Address();
        var end = cursor.Address();
        if (version < 2) cursor.Take(16);
        if (start != 0) throw file.Refuse("it begins with a user block");
        if (end > file.Length)
            throw file.Refuse($"it says that it has {end} bytes, and has {file.Length}: an incomplete copy");
        return cursor.Address();
    }
}
