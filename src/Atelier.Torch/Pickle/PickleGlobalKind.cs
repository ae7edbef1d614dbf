namespace Atelier.Torch.Pickle;

/// <summary>What the globals of a state dict stand for.</summary>
internal enum PickleGlobalKind
{
    /// <summary>An ordered dictionary.</summary>
    OrderedDictionary,

    /// <summary>A view of a storage.</summary>
    Tensor,

    /// <summary>A tensor that is learnt.</summary>
    Parameter,

    /// <summary>Elements of one type in a row.</summary>
    Storage,

    /// <summary>A single number of numpy.</summary>
    NumpyScalar,

    /// <summary>An element type of numpy.</summary>
    NumpyType,

    /// <summary>Text into bytes, as protocol 2 writes byte strings.</summary>
    Encode,
}
