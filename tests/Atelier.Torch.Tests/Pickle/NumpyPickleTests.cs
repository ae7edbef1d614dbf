using System.Text;
using Atelier.Torch.Pickle;

namespace Atelier.Torch.Tests.Pickle;

public sealed class NumpyPickleTests
{
    internal static AtelierException Refuse(string holds) => new(FailureKind.Dataset, holds);

    /// <summary>{'data': array, 'labels': [6, 9]} as Python 2 pickled it.</summary>
    internal static byte[] Batch(byte[] data, byte rows, byte columns) => PickleText.Start
        .Raw("}(U\u0004data").Global("numpy.core.multiarray", "_reconstruct").Global("numpy", "ndarray")
        .Raw("K\0\u0085U\u0001b\u0087R(K\u0001").Op((byte)'K', rows, (byte)'K', columns, 0x86)
        .Global("numpy", "dtype").Raw("U\u0002u1K\0K\u0001\u0087R(K\u0003U\u0001|NNN").Int(-1).Int(-1)
        .Raw("K\0tb\u0089T").UInt32((uint)data.Length).Op(data)
        .Raw("tbU\u0006labels](K\u0006K\u0009eu").Stop();

    [Fact]
    public void Read_BatchOfPython2_GivesArrayAndList()
    {
        var values = NumpyPickle.Read(Batch([1, 2, 3, 4, 5, 6], 2, 3), Refuse);

        var array = Assert.IsType<NumpyArray>(values["data"]);
        Assert.Equal([2L, 3L], array.Shape);
        Assert.Equal("u1", array.Element);
        Assert.Equal([1, 2, 3, 4, 5, 6], array.Data.ToArray());
        Assert.Equal(new object?[] { 6L, 9L }, values["labels"]);
    }

    [Theory]
    [InlineData("batch-protocol2.pkl")]
    [InlineData("batch-protocol4.pkl")]
    public void Read_BatchOfPython3_GivesTheSameBytes(string name)
    {
        var values = NumpyPickle.Read(File.ReadAllBytes(CheckpointTest.Golden(name)), Refuse);

        Assert.Equal([2L, 3072L], Assert.IsType<NumpyArray>(values["data"]).Shape);
        Assert.Equal(File.ReadAllBytes(CheckpointTest.Golden("batch.bin")),
            ((NumpyArray)values["data"]!).Data.ToArray());
        Assert.Equal(new object?[] { "a.png", "b.png" }, values["filenames"]);
    }

    [Fact]
    public void Read_CutAnywhere_IsRefused()
    {
        var file = Batch([1, 2], 1, 2);
        for (var length = 0; length < file.Length; length++)
        {
            var cut = file.AsMemory(0, length);
            var failure = Assert.Throws<AtelierException>(() => NumpyPickle.Read(cut, Refuse));
            Assert.Equal(FailureKind.Dataset, failure.Kind);
        }
    }

    public static TheoryData<string, byte[], string> Attacks() => new()
    {
        { "os.system", Call("os", "system"), "it asks for 'os.system'" },
        { "eval", Call("__builtin__", "eval"), "it asks for '__builtin__.eval'" },
        { "a tensor", Call("torch._utils", "_rebuild_tensor_v2"), "which no batch of images needs" },
        { "an array of another class", PickleText.Start.Raw("}").Text("x")
            .Global("numpy.core.multiarray", "_reconstruct").Global("numpy", "dtype").Raw("K\0\u0085U\u0001b")
            .Raw("\u0087Rs").Stop(), "unexpected arguments" },
        { "more elements than bytes", Batch([1, 2], 2, 2), "[2, 2] of u1 with 2 bytes" },
        { "an array of objects", Replaced("U\u0002u1", "U\u0002O8"), "of the type 'O8'" },
        { "big-endian", Replaced("U\u0001|", "U\u0001>"), "not little-endian" },
        { "Fortran order", Replaced("\u0089T", "\u0088T"), "row-major" },
        { "a state twice", Replaced("tbU\u0006labels](K\u0006K\u0009e", "tb(tbU\u0006labels]"), "row-major" },
        { "an array without content", PickleText.Start.Raw("}").Text("x")
            .Global("numpy.core.multiarray", "_reconstruct").Global("numpy", "ndarray")
            .Raw("K\0\u0085U\u0001b\u0087Rs").Stop(), "without content" },
        { "an array in itself", PickleText.Start.Raw("}q\0").Text("x").Raw("h\0s").Stop(), "no array, text" },
        { "bytes behind", [.. Batch([1], 1, 1), 0], "1 bytes behind its pickle" },
        { "a persistent id", PickleText.Start.Text("x").Raw("Q").Stop(), "persistent id" },
        { "a string of 300 MB", PickleText.Start.Raw("T").UInt32(300_000_000).Stop(), "at most 268435456" },
        { "one list under many keys", Bomb(), "more than 1000000 values" },
    };

    [Theory]
    [MemberData(nameof(Attacks))]
    public void Read_Hostile_IsRefused(string attack, byte[] pickle, string holds)
    {
        Assert.NotEmpty(attack);
        var failure = Assert.Throws<AtelierException>(() => NumpyPickle.Read(pickle, Refuse));

        Assert.Contains(holds, failure.Message, StringComparison.Ordinal);
    }

    private static byte[] Call(string module, string name) =>
        PickleText.Start.Global(module, name).Text("touch x").Op(0x85).Raw("R").Stop();

    private static byte[] Replaced(string part, string by) => Encoding.Latin1.GetBytes(
        Encoding.Latin1.GetString(Batch([1, 2], 1, 2)).Replace(part, by, StringComparison.Ordinal));

    private static byte[] Bomb()
    {
        var pickle = PickleText.Start.Raw("}(U\u0001a](");
        for (var i = 0; i < 20_000; i++) pickle.Raw("N");
        pickle.Raw("eq\0");
        for (var i = 0; i < 100; i++)
            pickle.Raw("U\u0002").Op((byte)('A' + (i / 10)), (byte)('A' + (i % 10))).Raw("h\0");
        return pickle.Raw("u").Stop();
    }
}
