using static System.Buffers.Binary.BinaryPrimitives;

namespace Atelier.Torch.Pickle;

/// <summary>An element type of numpy, for the single numbers that training scripts keep beside
/// weights.</summary>
internal sealed class NumpyType
{
    private readonly string code;

    private NumpyType(string code) => this.code = code;

    /// <summary>The type of `numpy.dtype(code, align, copy)`.</summary>
    public static NumpyType Make(PickleReader reader, IReadOnlyList<object?> arguments) =>
        arguments is [string code, bool or long, bool or long] && code is "f8" or "f4" or "i8" or "i4" or "b1"
            ? new NumpyType(code)
            : throw reader.Refuse("it has a numpy type other than a plain number");

    /// <summary>Checks the state that numpy writes behind any type: version and byte order first.</summary>
    public static void SetState(PickleReader reader, object? state)
    {
        if (state is not PickleTuple { Items: [long, "<" or "|", ..] })
            throw reader.Refuse("it has a numpy type that is not little-endian");
    }

    /// <summary>The number in the bytes of a scalar.</summary>
    public object Number(PickleReader reader, byte[] bytes) => (code, bytes.Length) switch
    {
        ("f8", 8) => ReadDoubleLittleEndian(bytes),
        ("f4", 4) => (double)ReadSingleLittleEndian(bytes),
        ("i8", 8) => ReadInt64LittleEndian(bytes),
        ("i4", 4) => (long)ReadInt32LittleEndian(bytes),
        ("b1", 1) => bytes[0] != 0,
        _ => throw reader.Refuse($"it has a numpy number {code} of {bytes.Length} bytes"),
    };
}
