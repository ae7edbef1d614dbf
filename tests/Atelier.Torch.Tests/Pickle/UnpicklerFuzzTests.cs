using System.Text;
using Atelier.Tests;
using Atelier.Torch.Pickle;

namespace Atelier.Torch.Tests.Pickle;

/// <summary>Pickles, bent, straight into the machine: no archive around them shields it.</summary>
public sealed class UnpicklerFuzzTests
{
    private const int Inputs = 200_000;

    private static readonly byte[] Opcodes = Encoding.Latin1.GetBytes(
        "().0123NJKMLGXTUBChjqrRbcosStuQ}]ae\u0080\u0081\u0082\u0085\u0086\u0087\u0088\u0089\u008a\u008b"
        + "\u008c\u008d\u008e\u0090\u0093\u0094\u0095\u0096\n");

    [Fact]
    public void Machine_BentStateDicts_AreReadOrRefused() => FuzzRun.Run(
        Inputs, 20_260_103,
        [
            PickleText.Start.Raw("}").Entry("weight", [2, 2], [2, 1]).Text("list").Raw("](").Int(3)
                .Text("x").Raw("es").Text("more").Raw("}q\u0001(").Text("b").Tensor([1, 3], [3, 1], 1)
                .Raw("us").Stop(),
            PickleText.Start.Global("collections", "OrderedDict").Raw(")R").Entry("w", [4], [1])
                .Raw("}").Text("_metadata").Raw("}sb").Stop(),
            PickleText.Start.Raw("}").Text("score").Global("numpy.core.multiarray", "scalar").Raw("(")
                .Global("numpy", "dtype").Raw("(").Text("f8").Op(0x89, 0x88).Raw("tR(").Int(3).Text("<")
                .Raw("NNN").Int(-1).Int(-1).Int(0).Raw("tbC\u0008").Op(new byte[8]).Raw("tRs").Stop(),
        ],
        FailureKind.Checkpoint, ReadStateDict, Opcodes);

    [Fact]
    public void Machine_BentBatchesOfNumpy_AreReadOrRefused() => FuzzRun.Run(
        Inputs / 4, 20_260_104,
        [NumpyPickleTests.Batch([1, 2, 3, 4, 5, 6], 2, 3), NumpyPickleTests.Batch([7], 1, 1)],
        FailureKind.Dataset,
        static file => NumpyPickle.Read(file, NumpyPickleTests.Refuse), Opcodes);

    private static void ReadStateDict(byte[] file)
    {
        using var bytes = new CheckpointBytes("weights.pth", file);
        var reader = new PickleReader(file, bytes.Refuse);
        var objects = new TorchObjects(reader);
        var value = new PickleMachine(reader, objects).Run();
        if (value is PickleDictionary) TorchContents.Of(reader, value, file.Length);
    }
}
