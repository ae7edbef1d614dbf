namespace Atelier.Data;

/// <summary>What a path given as data is.</summary>
public enum DatasetKind
{
    /// <summary>One packed file.</summary>
    Packed,

    /// <summary>A folder with IDX files under MNIST's names.</summary>
    IdxFolder,

    /// <summary>A folder with one sub-folder a class.</summary>
    ClassFolders,
}
