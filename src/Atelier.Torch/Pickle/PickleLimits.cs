namespace Atelier.Torch.Pickle;

/// <summary>
/// Bounds on what a checkpoint may ask for. Each is far above what a real model needs, and low enough that a
/// file made to exhaust the reader is refused within a second and a few hundred megabytes.
/// </summary>
internal static class PickleLimits
{
    /// <summary>Bytes of the pickle; about 150 a tensor in practice.</summary>
    public const int PickleBytes = 16 << 20;

    /// <summary>Opcodes of one pickle; about 25 a tensor in practice.</summary>
    public const int Operations = 2_000_000;

    /// <summary>Values on the stack at one time.</summary>
    public const int StackDepth = 500_000;

    /// <summary>Values that are kept for reuse.</summary>
    public const int MemoEntries = 1_000_000;

    /// <summary>Bytes of one string or byte string.</summary>
    public const int TextBytes = 1 << 20;

    /// <summary>Bytes of a module's or a global's name.</summary>
    public const int GlobalNameBytes = 256;

    /// <summary>Dictionaries and lists inside each other.</summary>
    public const int Nesting = 32;

    /// <summary>Values visited while the dictionaries are flattened; shared ones count each time.</summary>
    public const int Visits = 1_000_000;

    /// <summary>Tensors of one checkpoint.</summary>
    public const int Tensors = 100_000;

    /// <summary>Characters of a tensor's name.</summary>
    public const int NameLength = 512;

    /// <summary>Dimensions of a tensor.</summary>
    public const int Rank = 8;

    /// <summary>
    /// All tensors together may have so many times the file's bytes: tied weights are shared, a bomb repeats
    /// one storage without end.
    /// </summary>
    public const int SharingFactor = 8;

    /// <summary>Entries of the zip archive.</summary>
    public const int ZipEntries = 200_000;

    /// <summary>Bytes of the zip archive's central directory.</summary>
    public const int ZipDirectoryBytes = 64 << 20;

    /// <summary>Bytes of a name in the zip archive.</summary>
    public const int ZipNameBytes = 512;
}
