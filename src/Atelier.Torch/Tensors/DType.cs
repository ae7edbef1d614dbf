namespace Atelier.Torch;

/// <summary>Element types, with ATen's own numbers.</summary>
public enum DType : sbyte
{
    /// <summary>Unsigned byte.</summary>
    UInt8 = 0,

    /// <summary>Signed byte.</summary>
    Int8 = 1,

    /// <summary>16-bit integer.</summary>
    Int16 = 2,

    /// <summary>32-bit integer.</summary>
    Int32 = 3,

    /// <summary>64-bit integer; class ids and indices have this type.</summary>
    Int64 = 4,

    /// <summary>IEEE half precision.</summary>
    Float16 = 5,

    /// <summary>IEEE single precision; the type of weights.</summary>
    Float32 = 6,

    /// <summary>IEEE double precision; the type of metric statistics.</summary>
    Float64 = 7,

    /// <summary>One byte, 0 or 1.</summary>
    Bool = 11,

    /// <summary>bfloat16: single precision's range with 8 bits of precision.</summary>
    BFloat16 = 15,
}
