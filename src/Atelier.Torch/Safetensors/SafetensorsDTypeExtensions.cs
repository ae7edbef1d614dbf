using System.Collections.Frozen;

namespace Atelier.Torch.Safetensors;

/// <summary>The spelling in the file and the width of each element type.</summary>
public static class SafetensorsDTypeExtensions
{
    /// <summary>
    /// Types that other programs write into the format and that nothing here computes with.
    /// </summary>
    private static readonly string[] RefusedNames =
    [
        "F4", "F6_E2M3", "F6_E3M2", "F8_E5M2", "F8_E4M3", "F8_E8M0", "F8_E4M3FNUZ", "F8_E5M2FNUZ", "C64",
    ];

    private static readonly FrozenDictionary<string, SafetensorsDType> ByName =
        Enum.GetValues<SafetensorsDType>().ToFrozenDictionary(
            dtype => dtype.FileName(), StringComparer.Ordinal);

    /// <summary>The width of one element.</summary>
    /// <returns>1, 2, 4 or 8 bytes.</returns>
    public static int ByteSize(this SafetensorsDType dtype) => dtype switch
    {
        SafetensorsDType.Bool or SafetensorsDType.U8 or SafetensorsDType.I8 => 1,
        SafetensorsDType.I16 or SafetensorsDType.U16 or SafetensorsDType.F16 or SafetensorsDType.BF16 => 2,
        SafetensorsDType.I32 or SafetensorsDType.U32 or SafetensorsDType.F32 => 4,
        SafetensorsDType.I64 or SafetensorsDType.U64 or SafetensorsDType.F64 => 8,
        _ => throw new ArgumentOutOfRangeException(nameof(dtype), dtype, "No element type of safetensors."),
    };

    /// <summary>The type as the header spells it, such as <c>F32</c> or <c>BOOL</c>.</summary>
    public static string FileName(this SafetensorsDType dtype) => dtype switch
    {
        SafetensorsDType.Bool => "BOOL",
        SafetensorsDType.U8 => "U8",
        SafetensorsDType.I8 => "I8",
        SafetensorsDType.I16 => "I16",
        SafetensorsDType.U16 => "U16",
        SafetensorsDType.F16 => "F16",
        SafetensorsDType.BF16 => "BF16",
        SafetensorsDType.I32 => "I32",
        SafetensorsDType.U32 => "U32",
        SafetensorsDType.F32 => "F32",
        SafetensorsDType.F64 => "F64",
        SafetensorsDType.I64 => "I64",
        SafetensorsDType.U64 => "U64",
        _ => throw new ArgumentOutOfRangeException(nameof(dtype), dtype, "No element type of safetensors."),
    };

    /// <summary>Finds the type that the header spells so; the spelling is exact, capitals included.</summary>
    /// <returns>False for any other spelling.</returns>
    public static bool TryParse(string fileName, out SafetensorsDType dtype) =>
        ByName.TryGetValue(fileName, out dtype);

    /// <summary>
    /// The tensor type with these elements, or null for the unsigned types that tensors do not have.
    /// </summary>
    public static DType? ToTensorType(this SafetensorsDType dtype) => dtype switch
    {
        SafetensorsDType.Bool => DType.Bool,
        SafetensorsDType.U8 => DType.UInt8,
        SafetensorsDType.I8 => DType.Int8,
        SafetensorsDType.I16 => DType.Int16,
        SafetensorsDType.F16 => DType.Float16,
        SafetensorsDType.BF16 => DType.BFloat16,
        SafetensorsDType.I32 => DType.Int32,
        SafetensorsDType.F32 => DType.Float32,
        SafetensorsDType.F64 => DType.Float64,
        SafetensorsDType.I64 => DType.Int64,
        _ => null,
    };

    /// <summary>The type in the file for the elements of a tensor.</summary>
    public static SafetensorsDType ToFileType(this DType dtype) => dtype switch
    {
        DType.Bool => SafetensorsDType.Bool,
        DType.UInt8 => SafetensorsDType.U8,
        DType.Int8 => SafetensorsDType.I8,
        DType.Int16 => SafetensorsDType.I16,
        DType.Float16 => SafetensorsDType.F16,
        DType.BFloat16 => SafetensorsDType.BF16,
        DType.Int32 => SafetensorsDType.I32,
        DType.Float32 => SafetensorsDType.F32,
        DType.Float64 => SafetensorsDType.F64,
        DType.Int64 => SafetensorsDType.I64,
        _ => throw new ArgumentOutOfRangeException(nameof(dtype), dtype, "No element type of safetensors."),
    };

    /// <summary>
    /// Whether the format knows this type although Atelier has no use for it (8-bit floats, complex).
    /// </summary>
    internal static bool IsKnownButRefused(string fileName) =>
        Array.IndexOf(RefusedNames, fileName) >= 0;
}
