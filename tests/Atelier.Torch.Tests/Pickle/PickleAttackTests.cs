using Atelier.Tests;

namespace Atelier.Torch.Tests.Pickle;

/// <summary>Pickles that want to run, to reach out of their storages, or to exhaust the reader.</summary>
public sealed class PickleAttackTests : CheckpointTest
{
    private static readonly Dictionary<string, (Func<byte[]> Pickle, string Holds)> Attacks = All();

    public static TheoryData<string> Names() => [.. Attacks.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Pickle_Hostile_IsRefusedByNameAndNothingRuns(string attack)
    {
        var (pickle, holds) = Attacks[attack];

        AssertRefused(ZipMaker.Checkpoint(pickle()), holds);
    }

    [Theory]
    [InlineData("os", "system")]
    [InlineData("builtins", "eval")]
    public void Pickle_HostileInTheLegacyLayout_IsRefusedByName(string module, string name)
    {
        var file = File.ReadAllBytes(Golden("views-legacy.pth"));
        var call = PickleText.Start.Global(module, name).Text($"touch {Sentinel}").Op(0x85).Raw("R").Stop();

        // Behind the three pickles of the head; the value's own follows there.
        AssertRefused([.. file.AsSpan(0, LegacyHead(file)), .. call], $"'{module}.{name}'");
    }

    [Fact]
    public void Pickle_CutAnywhere_IsRefused()
    {
        var pickle = PickleText.Start.Raw("}").Entry("weight", [2, 2], [2, 1]).Stop();
        OpenBytes(ZipMaker.Checkpoint(pickle)).Dispose();

        AssertEachRefused(Enumerable.Range(0, pickle.Length).Select(n => ZipMaker.Checkpoint(pickle[..n])));
    }

    private static int LegacyHead(byte[] file)
    {
        var at = -1;
        for (var k = 0; k < 3; k++)
            at = file.AsSpan(at + 1).IndexOf(new byte[] { (byte)'.', 0x80, 2 }) + at + 1;
        return at + 1;
    }

    private static byte[] Call(string module, string name) =>
        PickleText.Start.Global(module, name).Text($"touch {Sentinel}").Op(0x85).Raw("R").Stop();

    private static byte[] Tensor(long[] shape, long[] strides, long offset = 0, long count = 4) =>
        PickleText.Start.Raw("}").Entry("w", shape, strides, offset, count).Stop();

    private static Dictionary<string, (Func<byte[]> Pickle, string Holds)> All()
    {
        var attacks = new Dictionary<string, (Func<byte[]>, string)>(StringComparer.Ordinal);
        (string Module, string Name)[] code =
        [
            ("os", "system"), ("posix", "system"), ("nt", "system"), ("subprocess", "Popen"),
            ("subprocess", "check_output"), ("builtins", "eval"), ("builtins", "exec"),
            ("builtins", "__import__"), ("__builtin__", "eval"), ("builtins", "getattr"),
                ("builtins", "open"),
            ("runpy", "run_path"), ("importlib", "import_module"), ("torch", "load"), ("torch.hub", "load"),
            ("pickle", "loads"), ("shutil", "rmtree"), ("socket", "create_connection"),
                ("webbrowser", "open"),
            ("functools", "partial"), ("operator", "attrgetter"), ("torch.jit", "load"),
                ("types", "CodeType"),
            ("torch._utils", "_rebuild_qtensor"), ("collections", "OrderedDict.__init__"),
            ("torch.FloatStorage", "from_file"), ("numpy", "load"), ("numpy.core.multiarray", "_reconstruct"),
        ];
        foreach (var (module, name) in code)
            attacks[$"call {module}.{name}"] = (() => Call(module, name), $"it asks for '{module}.{name}'");
        foreach (var part in PickleCases.Opcodes(Sentinel)) attacks[part.Name] = (part.Pickle, part.Holds);
        foreach (var part in PickleCases.Bombs()) attacks[part.Name] = (part.Pickle, part.Holds);
        (string Name, Func<byte[]> Pickle, string Holds)[] views =
        [
            ("shape beyond the storage", () => Tensor([3, 2], [2, 1]), "leaves its storage of 4"),
            ("offset beyond the storage", () => Tensor([4], [1], offset: 1), "leaves its storage of 4"),
            ("stride beyond the storage", () => Tensor([2, 2], [3, 1]), "leaves its storage of 4"),
            ("stride zero", () => Tensor([1000000, 4], [0, 1]), "same elements many times"),
            ("overlapping strides", () => Tensor([2, 3], [1, 1]), "same elements many times"),
            ("negative size", () => Tensor([-1, 4], [1, 1]), "negative size"),
            ("negative stride", () => Tensor([4], [-1], offset: 3), "negative size, stride"),
            ("negative offset", () => Tensor([2], [1], offset: -2), "negative size, stride or offset"),
            ("size overflow", () => Tensor([long.MaxValue, 4], [1, 1]), "63 bits"),
            ("size overflow to zero", () => Tensor([1L << 32, 1L << 32, 4], [0, 0, 1]), "63 bits"),
            ("stride overflow", () => Tensor([3, 3], [long.MaxValue, 1]), "63 bits"),
            ("rank without strides", () => Tensor([2, 2], [1]), "2 sizes and 1 strides"),
            ("rank 9", () => Tensor(new long[9], new long[9]), "at most 8"),
            ("storage count beyond the entry", () => Tensor([5], [1], count: 5), "has 16 bytes"),
            ("storage count negative", () => Tensor([1], [1], count: -1), "a storage of -1 elements"),
            ("storage count overflow", () => Tensor([1], [1], count: long.MaxValue), "a storage of"),
        ];
        foreach (var (name, pickle, holds) in views) attacks[name] = (pickle, holds);
        return attacks;
    }
}
