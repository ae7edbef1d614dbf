using System.Runtime.InteropServices;

namespace Atelier.Torch.Native;

/// <summary>
/// Mirror of atl_value: one tagged argument or result of an operator. Its size is compared at load.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 16)]
internal unsafe struct NativeValue
{
    private const int NoneTag = 0;
    private const int TensorTag = 1;
    private const int IntTag = 2;
    private const int DoubleTag = 3;
    private const int BoolTag = 4;
    private const int IntListTag = 5;
    private const int DoubleListTag = 6;
    private const int TensorListTag = 7;
    private const int OptionalTensorListTag = 8;
    private const int StringTag = 9;
    private const int DeviceTag = 10;
    private const int GeneratorTag = 11;
    private const int LongestDefault = 8;

    // Defaults such as stride [1, 1] need memory that outlives the call; these two serve them all.
    private static readonly long* ZeroList = Fill(0);
    private static readonly long* OneList = Fill(1);

    [FieldOffset(0)]
    private int tag;

    [FieldOffset(4)]
    private int count;

    [FieldOffset(8)]
    private long integer;

    [FieldOffset(8)]
    private double real;

    [FieldOffset(8)]
    private void* pointer;

    public static NativeValue None => default;

    public static NativeValue Of(Tensor? tensor) =>
        tensor is null ? default : new NativeValue { tag = TensorTag, pointer = (void*)tensor.Handle };

    public static NativeValue Of(Generator? generator) =>
        generator is null
            ? default
            : new NativeValue { tag = GeneratorTag, pointer = (void*)generator.Handle };

    public static NativeValue Of(long value) => new() { tag = IntTag, integer = value };

    public static NativeValue Of(long? value) => value is { } number ? Of(number) : default;

    public static NativeValue Of(double value) => new() { tag = DoubleTag, real = value };

    public static NativeValue Of(double? value) => value is { } number ? Of(number) : default;

    public static NativeValue Of(bool value) => new() { tag = BoolTag, integer = value ? 1 : 0 };

    public static NativeValue Of(bool? value) => value is { } flag ? Of(flag) : default;

    public static NativeValue Of(Scalar value) => value.IsInteger ? Of(value.Integer) : Of(value.Real);

    public static NativeValue Of(Scalar? value) => value is { } scalar ? Of(scalar) : default;

    public static NativeValue Of(DType value) => Of((long)value);

    public static NativeValue Of(DType? value) => value is { } dtype ? Of(dtype) : default;

    public static NativeValue Of(MemoryFormat value) => Of((long)value);

    public static NativeValue Of(MemoryFormat? value) => value is { } format ? Of(format) : default;

    public static NativeValue Of(Device value) =>
        new() { tag = DeviceTag, integer = ((long)value.Type << 8) | ((long)value.Index & 0xff) };

    public static NativeValue Of(Device? value) => value is { } device ? Of(device) : default;

    public static NativeValue Of(long* items, int length) =>
        new() { tag = IntListTag, count = length, pointer = items };

    public static NativeValue Of(double* items, int length) =>
        new() { tag = DoubleListTag, count = length, pointer = items };

    public static NativeValue OfString(byte* text, int length) =>
        text is null ? default : new NativeValue { tag = StringTag, count = length, pointer = text };

    public static NativeValue TensorList(nint* handles, int length) =>
        new() { tag = TensorListTag, count = length, pointer = handles };

    public static NativeValue OptionalTensorList(nint* handles, int length) =>
        new() { tag = OptionalTensorListTag, count = length, pointer = handles };

    public static NativeValue Zeros(int length) => Of(ZeroList, length);

    public static NativeValue Ones(int length) => Of(OneList, length);

    /// <summary>The native handles of a list; an absent tensor is null there.</summary>
    public static void CopyHandles(ReadOnlySpan<Tensor?> tensors, nint* handles)
    {
        for (var k = 0; k < tensors.Length; k++) handles[k] = tensors[k]?.Handle ?? 0;
    }

    /// <summary>The result as a tensor that now belongs to the current scope, or to the caller.</summary>
    public readonly Tensor TakeTensor() => tag == TensorTag
        ? Tensor.Own((nint)pointer)
        : throw new AtelierException(
            FailureKind.Bug, $"An operator returned tag {tag} where a tensor was expected.");

    public readonly Tensor[] TakeTensors()
    {
        var tensors = new Tensor[count];
        var handles = (nint*)pointer;
        for (var k = 0; k < count; k++) tensors[k] = Tensor.Own(handles[k]);
        _ = NativeMethods.Free(pointer);
        return tensors;
    }

    public readonly bool TakeBool() => integer != 0;

    public readonly long TakeLong() => integer;

    private static long* Fill(long value)
    {
        var items = (long*)NativeMemory.Alloc(LongestDefault, sizeof(long));
        new Span<long>(items, LongestDefault).Fill(value);
        return items;
    }
}
