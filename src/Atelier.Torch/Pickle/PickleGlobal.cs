namespace Atelier.Torch.Pickle;

/// <summary>
/// A global of the short list that state dicts need. It is a name and nothing more: there is no code behind
/// it in this program.
/// </summary>
/// <param name="Module">The Python module.</param>
/// <param name="Name">The name in it.</param>
/// <param name="Kind">What it stands for here.</param>
/// <param name="Element">The element type, of a storage.</param>
internal sealed record PickleGlobal(string Module, string Name, PickleGlobalKind Kind,
    DType Element = default)
{
    private static readonly Dictionary<(string, string), PickleGlobal> Known = new PickleGlobal[]
    {
        new("collections", "OrderedDict", PickleGlobalKind.OrderedDictionary),
        new("torch._utils", "_rebuild_tensor_v2", PickleGlobalKind.Tensor),
        new("torch._utils", "_rebuild_parameter", PickleGlobalKind.Parameter),
        new("torch", "FloatStorage", PickleGlobalKind.Storage, DType.Float32),
        new("torch", "DoubleStorage", PickleGlobalKind.Storage, DType.Float64),
        new("torch", "HalfStorage", PickleGlobalKind.Storage, DType.Float16),
        new("torch", "BFloat16Storage", PickleGlobalKind.Storage, DType.BFloat16),
        new("torch", "LongStorage", PickleGlobalKind.Storage, DType.Int64),
        new("torch", "IntStorage", PickleGlobalKind.Storage, DType.Int32),
        new("torch", "ShortStorage", PickleGlobalKind.Storage, DType.Int16),
        new("torch", "CharStorage", PickleGlobalKind.Storage, DType.Int8),
        new("torch", "ByteStorage", PickleGlobalKind.Storage, DType.UInt8),
        new("torch", "BoolStorage", PickleGlobalKind.Storage, DType.Bool),
        // A score beside the weights, as StudioGAN keeps one, is a numpy scalar.
        new("numpy.core.multiarray", "scalar", PickleGlobalKind.NumpyScalar),
        new("numpy._core.multiarray", "scalar", PickleGlobalKind.NumpyScalar),
        new("numpy", "dtype", PickleGlobalKind.NumpyType),
        new("_codecs", "encode", PickleGlobalKind.Encode),
    }.ToDictionary(static g => (g.Module, g.Name));

    /// <summary>The global of that name, or null when it is not of the list.</summary>
    public static PickleGlobal? Find(string module, string name) => Known.GetValueOrDefault((module, name));
}
