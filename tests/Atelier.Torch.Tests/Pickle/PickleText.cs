using System.Buffers.Binary;
using System.Text;

namespace Atelier.Torch.Tests.Pickle;

/// <summary>Writes pickles opcode by opcode, the hostile ones too.</summary>
internal sealed class PickleText
{
    private readonly List<byte> bytes = [0x80, 2];

    /// <summary>A pickle of protocol 2 without its STOP.</summary>
    public static PickleText Start => new();

    /// <summary>All bytes with a STOP.</summary>
    public byte[] Stop() => [.. bytes, (byte)'.'];

    /// <summary>All bytes without a STOP.</summary>
    public byte[] Open() => [.. bytes];

    public PickleText Op(params ReadOnlySpan<byte> raw)
    {
        bytes.AddRange(raw);
        return this;
    }

    /// <summary>ASCII as it is, for opcodes that are letters.</summary>
    public PickleText Raw(string ascii) => Op(Encoding.Latin1.GetBytes(ascii));

    public PickleText Global(string module, string name) => Raw($"c{module}\n{name}\n");

    public PickleText Text(string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        return Raw("X").UInt32((uint)utf8.Length).Op(utf8);
    }

    public PickleText Int(int value)
    {
        Span<byte> four = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(four, value);
        return Raw("J").Op(four);
    }

    public PickleText UInt32(uint value)
    {
        Span<byte> four = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(four, value);
        return Op(four);
    }

    public PickleText UInt64(ulong value)
    {
        Span<byte> eight = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(eight, value);
        return Op(eight);
    }

    public PickleText Long(long value)
    {
        Span<byte> eight = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(eight, value);
        return Op(0x8a, 8).Op(eight);
    }

    public PickleText Longs(params ReadOnlySpan<long> values)
    {
        Raw("(");
        foreach (var value in values) Long(value);
        return Raw("t");
    }

    /// <summary>('storage', type, key, 'cpu', count) as a persistent id.</summary>
    public PickleText Storage(long count, string key = "0", string type = "FloatStorage") =>
        Raw("(").Text("storage").Global("torch", type).Text(key).Text("cpu").Long(count).Raw("tQ");

    /// <summary>A tensor of a storage with four floats, unless said otherwise.</summary>
    public PickleText Tensor(long[] shape, long[] strides, long offset = 0, long count = 4,
        string key = "0") =>
        Global("torch._utils", "_rebuild_tensor_v2").Raw("(").Storage(count, key).Long(offset)
            .Longs(shape).Longs(strides).Op(0x89).Global("collections", "OrderedDict").Raw(")RtR");

    /// <summary>An entry `name: tensor` in the dictionary on top of the stack.</summary>
    public PickleText Entry(string name, long[] shape, long[] strides, long offset = 0, long count = 4) =>
        Text(name).Tensor(shape, strides, offset, count).Raw("s");
}
