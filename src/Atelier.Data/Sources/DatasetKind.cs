namespace Atelier.Data;

/// <summary>What a path given as data is.</summary>
public enum DatasetKind
{
    /// <summary>One packed file.</summary>
    Packed,

    /// <summary>A folder with IDX files under MNIST's names.</summary>
    IdxFolder,

    /// <summary>A folder with one sub-folder a class, or with other folders of images.</summary>
    ClassFolders,

    /// <summary>A folder of images, labelled by a file beside them or not at all.</summary>
    ImageFolder,

    /// <summary>A folder with the batches of CIFAR-10 or CIFAR-100.</summary>
    Cifar,

    /// <summary>A zip archive of images.</summary>
    Zip,

    /// <summary>A tar archive of images or of CIFAR's batches, plain or compressed by gzip or zstd.</summary>
    Tar,

    /// <summary>Several tar archives: a folder of them, or a pattern such as shard-{000..009}.tar.</summary>
    TarShards,

    /// <summary>An LMDB file, its folder, or a folder of such folders, one a class.</summary>
    Lmdb,

    /// <summary>An HDF5 file with images and labels.</summary>
    Hdf5,

    /// <summary>An NPY array or an NPZ archive of arrays.</summary>
    Numpy,
}
