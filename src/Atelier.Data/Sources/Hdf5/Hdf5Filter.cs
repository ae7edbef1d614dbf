namespace Atelier.Data.Hdf5;

/// <summary>The filters of chunks that are read.</summary>
internal enum Hdf5Filter
{
    /// <summary>zlib.</summary>
    Deflate = 1,

    /// <summary>The first bytes of all values, then the second ones, and so on.</summary>
    Shuffle = 2,

    /// <summary>LibLZF, as h5py registers it.</summary>
    Lzf = 32000,
}
