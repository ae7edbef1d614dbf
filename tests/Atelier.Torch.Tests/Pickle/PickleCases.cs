using System.Text;

namespace Atelier.Torch.Tests.Pickle;

/// <summary>Attacks by single opcodes, and pickles made to exhaust time or memory.</summary>
internal static class PickleCases
{
    public static IEnumerable<(string Name, Func<byte[]> Pickle, string Holds)> Opcodes(string sentinel)
    {
        var command = $"touch {sentinel}";
        yield return ("STACK_GLOBAL", () => PickleText.Start.Text("os").Text("system").Op(0x93)
            .Text(command).Op(0x85).Raw("R").Stop(), "it asks for 'os.system'");
        yield return ("STACK_GLOBAL of a number", () => PickleText.Start.Int(1).Text("x").Op(0x93).Stop(),
            "global of something that is no name");
        yield return ("INST", () => PickleText.Start.Raw("(").Text(command).Raw("ios\nsystem\n").Stop(),
            "INST");
        yield return ("OBJ", () =>
            PickleText.Start.Raw("(").Global("os", "system").Text(command).Raw("o").Stop(),
            "'os.system'");
        yield return ("OBJ of a known name", () =>
            PickleText.Start.Raw("(").Global("collections", "OrderedDict")
            .Raw("o").Stop(), "OBJ");
        yield return ("NEWOBJ", () =>
            PickleText.Start.Global("collections", "OrderedDict").Raw(")").Op(0x81).Stop(),
            "NEWOBJ");
        yield return ("NEWOBJ_EX", () =>
            PickleText.Start.Global("collections", "OrderedDict").Raw(")}").Op(0x92)
            .Stop(), "NEWOBJEX");
        yield return ("EXT1", () => PickleText.Start.Op(0x82, 1).Stop(), "EXT1");
        yield return ("EXT2", () => PickleText.Start.Op(0x83, 1, 0).Stop(), "EXT2");
        yield return ("EXT4", () => PickleText.Start.Op(0x84, 1, 0, 0, 0).Stop(), "EXT4");
        yield return ("PERSID", () => PickleText.Start.Raw("Pstorage\n").Stop(), "PERSID");
        yield return ("persistent id of a module", () => PickleText.Start.Raw("(").Text("module").Text("m")
            .Text(command).Text("cpu").Int(4).Raw("tQ").Stop(), "persistent id");
        yield return ("persistent id of text", () => PickleText.Start.Text("storage").Raw("Q").Stop(),
            "persistent id");
        yield return ("persistent id with a path", () =>
            PickleText.Start.Storage(4, "../../etc/passwd").Stop(),
            "the key '../../etc/passwd'");
        yield return ("persistent id of no entry", () =>
            PickleText.Start.Raw("}").Text("w").Tensor([4], [1], 0, 4, "7")
            .Raw("s").Stop(), "the storage '7', which it does not have");
        yield return ("storage with two types", () => PickleText.Start.Storage(4).Raw("0")
            .Storage(4, type: "IntStorage").Stop(), "two types or two sizes");
        yield return ("getattr through memo", () => PickleText.Start.Global("builtins", "getattr").Raw("q\0(")
            .Global("os", "system").Text("x").Raw("tR").Stop(), "'builtins.getattr'");
        yield return ("REDUCE of text", () =>
            PickleText.Start.Text("os.system").Text(command).Op(0x85).Raw("R").Stop(),
            "it calls something");
        yield return ("REDUCE of a storage type", () =>
            PickleText.Start.Global("torch", "FloatStorage").Raw(")R")
            .Stop(), "calls torch.FloatStorage");
        yield return ("OrderedDict with arguments", () =>
            PickleText.Start.Global("collections", "OrderedDict")
            .Raw("]").Op(0x85).Raw("R").Stop(), "calls collections.OrderedDict");
        yield return ("BUILD of __class__", () =>
            PickleText.Start.Global("collections", "OrderedDict").Raw(")R}")
            .Text("__class__").Text("os").Raw("sb").Stop(), "the attribute '__class__'");
        yield return ("BUILD of a list", () => PickleText.Start.Raw("]}b").Stop(), "no dictionary");
        yield return ("BUILD of a known name", () =>
            PickleText.Start.Global("torch._utils", "_rebuild_tensor_v2")
            .Raw("}").Text("__code__").Int(1).Raw("sb").Stop(), "sets attributes");
        yield return ("backward hooks", () => PickleText.Start.Raw("}").Text("w")
            .Global("torch._utils",
                "_rebuild_tensor_v2").Raw("(").Storage(4).Long(0).Longs(4).Longs(1).Op(0x89)
            .Raw("}").Text("hook").Int(1).Raw("stRs").Stop(), "not written as torch.save");
        yield return ("numpy object scalar", () =>
            PickleText.Start.Global("numpy", "dtype").Raw("(").Text("O8")
            .Op(0x89, 0x88).Raw("tR").Stop(), "numpy type other than a plain number");
        yield return ("global with a terminal command", () =>
            PickleText.Start.Text("os\u001b[2J").Text("system")
            .Op(0x93).Stop(), "'os?[2J.system'");
        yield return ("protocol 0", () => Encoding.ASCII.GetBytes("cos\nsystem\n(S'x'\ntR."),
            "protocol number");
        yield return ("protocol 9", () => [0x80, 9, (byte)'N', (byte)'.'], "protocol 9");
        yield return ("no opcode", () => PickleText.Start.Op(0xff).Stop(), "0xFF, which is no opcode");
        yield return ("bytes behind STOP", () => [.. PickleText.Start.Raw("}").Stop(), (byte)'N'],
            "follow the end");
        yield return ("no dictionary", () => PickleText.Start.Int(3).Stop(), "a single value");
        yield return ("two values at the end", () => PickleText.Start.Raw("}}").Stop(), "leaves 2 values");
        yield return ("a key twice", () =>
            PickleText.Start.Raw("}").Text("w").Int(1).Raw("s").Text("w").Int(2)
            .Raw("s").Stop(), "the key 'w' twice");
        yield return ("a name twice", () =>
            PickleText.Start.Raw("}").Text("a.b").Int(1).Raw("s").Text("a").Raw("}")
            .Text("b").Int(2).Raw("ss").Stop(), "two values of the name 'a.b'");
        yield return ("a key that is a tuple", () => PickleText.Start.Raw("})").Int(1).Raw("s").Stop(),
            "neither text nor a whole number");
        yield return ("pop of an empty stack", () => PickleText.Start.Raw("000").Stop(), "empty stack");
        yield return ("pop across a mark", () => PickleText.Start.Raw("N(").Op(0x85).Stop(), "empty stack");
        yield return ("mark that is not there", () => PickleText.Start.Raw("Nt").Stop(), "never set");
        yield return ("memo that is not there", () => PickleText.Start.Raw("h\u0005").Stop(), "never kept");
        yield return ("text that is not UTF-8", () =>
            PickleText.Start.Raw("X").UInt32(2).Op(0xc3, 0x28).Stop(),
            "not UTF-8");
    }

    public static IEnumerable<(string Name, Func<byte[]> Pickle, string Holds)> Bombs()
    {
        yield return ("LONG4 of 2 GiB", () => PickleText.Start.Op(0x8b).UInt32(0x7fffffff).Stop(),
            "a whole number of 2147483647 bytes");
        yield return ("LONG4 of a negative length", () => PickleText.Start.Op(0x8b).UInt32(0xffffffff).Stop(),
            "a whole number of -1 bytes");
        yield return ("BINUNICODE8 of 2^63", () => PickleText.Start.Op(0x8d).UInt64(1ul << 63).Stop(),
            "a length of");
        yield return ("BINBYTES8 of 1 TiB", () => PickleText.Start.Op(0x8e).UInt64(1ul << 40).Stop(),
            "a string of");
        yield return ("FRAME beyond the end", () => PickleText.Start.Op(0x95).UInt64(1000).Raw("}").Stop(),
            "a frame of 1000 bytes");
        yield return ("FRAME that ends inside a string", () =>
            PickleText.Start.Op(0x95).UInt64(6).Text("weight")
            .Stop(), "a frame that ends in the middle");
        yield return ("FRAME inside a FRAME", () =>
            PickleText.Start.Op(0x95).UInt64(12).Op(0x95).UInt64(3).Raw("}00")
            .Stop(), "a frame inside a frame");
        yield return ("a million values", () => PickleText.Start.Raw(new string('N', 1_000_000)).Stop(),
            "piles up");
        yield return ("a million marks", () => PickleText.Start.Raw(new string('(', 1_000_000)).Stop(),
            "piles up");
        yield return ("three million steps", () => PickleText.Start.Raw(Repeat("N0", 1_500_000)).Stop(),
            "steps");
        yield return ("a million memo entries", () => Memo(1_100_000), "keeps more than 1000000 values");
        yield return ("a list in itself", () =>
            PickleText.Start.Raw("}").Text("w").Raw("]q\u0001h\u0001as").Stop(),
            "nested deeper");
        yield return ("deep nesting", () => PickleText.Start.Raw("}").Text("w").Raw(new string(']', 400))
            .Raw(new string('a', 399)).Raw("s").Stop(), "nested deeper");
        yield return ("doubling lists", Doubling, "without end");
        yield return ("names that grow", () =>
            PickleText.Start.Raw("}").Text(new string('a', 600)).Int(1).Raw("s")
            .Stop(), "of 600 letters");
        yield return ("one storage ten thousand times", Sharing, "they repeat each other");
    }

    private static string Repeat(string text, int times) =>
        new StringBuilder().Insert(0, text, times).ToString();

    private static byte[] Memo(int count)
    {
        var pickle = PickleText.Start.Raw("N");
        for (var k = 0u; k < count; k++) pickle.Raw("r").UInt32(k);
        return pickle.Stop();
    }

    /// <summary>Thirty lists, each with the one before twice: a billion values if they are
    /// followed.</summary>
    private static byte[] Doubling()
    {
        var pickle = PickleText.Start.Raw("}").Text("w").Raw("]");
        for (byte k = 0; k < 28; k++) pickle.Raw("q").Op(k).Raw("0](h").Op(k).Raw("h").Op(k).Raw("e");
        return pickle.Raw("s").Stop();
    }

    /// <summary>Ten thousand places for one tensor of four floats: a hundred times a list of a
    /// hundred.</summary>
    private static byte[] Sharing()
    {
        var pickle =
            PickleText.Start.Raw("}").Text("w").Tensor([4], [1]).Raw("q\u0002s").Text("all").Raw("](");
        pickle.Raw("](").Raw(Repeat("h\u0002", 100)).Raw("eq\u0003").Raw(Repeat("h\u0003", 99)).Raw("e");
        return pickle.Raw("s").Stop();
    }
}
