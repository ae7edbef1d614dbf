using Atelier.Tests;
using Atelier.Torch.Pickle;

namespace Atelier.Torch.Tests.Pickle;

/// <summary>Checkpoints that PyTorch 1.13.1 wrote (Golden/make.py), read exactly.</summary>
public sealed class TorchCheckpointTests : CheckpointTest
{
    [Theory]
    [InlineData("dtypes.pth")]
    [InlineData("dtypes-legacy.pth")]
    [InlineData("dtypes-protocol4.pth")]
    public void Open_EveryElementType_GivesTheNumbersInOrder(string file)
    {
        using var checkpoint = TorchCheckpoint.Open(Golden(file));

        Assert.Equal(
            [
                "float32", "float64", "float16", "bfloat16", "int64", "int32", "int16", "int8", "uint8",
                    "bool",
                "scalar", "empty",
            ],
            checkpoint.Entries.Select(e => e.Name));
        Assert.Equal(
            [
                DType.Float32, DType.Float64, DType.Float16, DType.BFloat16, DType.Int64, DType.Int32,
                    DType.Int16,
                DType.Int8, DType.UInt8, DType.Bool, DType.Float32, DType.Float32,
            ],
            checkpoint.Entries.Select(e => e.DType));
        foreach (var entry in checkpoint.Entries.Take(4))
            AssertClose([-3, -1.5, 0, 1.5, 3, 4.5], checkpoint.Read(entry), 0);
        foreach (var entry in checkpoint.Entries.Skip(4).Take(4))
            AssertClose([-3, -1, 0, 1, 3, 4], checkpoint.Read(entry), 0);
        AssertClose([0, 7, 255, 3, 1, 2], Read(checkpoint, "uint8"), 0);
        AssertClose([1, 0, 1], Read(checkpoint, "bool"), 0);
        AssertClose([0.25], Read(checkpoint, "scalar"), 0);
        Assert.Empty(Read(checkpoint, "scalar").Shape);
        Assert.Equal([0, 4], Read(checkpoint, "empty").Shape);
    }

    [Theory]
    [InlineData("views.pth")]
    [InlineData("views-legacy.pth")]
    public void Read_ViewsOfOneStorage_GivesEachItsElements(string file)
    {
        using var checkpoint = TorchCheckpoint.Open(Golden(file));

        AssertClose([6, 7, 8, 9, 10, 11], Read(checkpoint, "row"), 0);
        AssertClose([2, 8, 14, 20], Read(checkpoint, "column"), 0);
        AssertClose([3, 8, 13, 18, 23], Read(checkpoint, "step"), 0);
        AssertClose([8, 9, 10, 14, 15, 16], Read(checkpoint, "corner"), 0);
        AssertClose([.. Enumerable.Range(0, 24)], Read(checkpoint, "last"), 0);
        AssertClose([.. Enumerable.Range(0, 24)], Read(checkpoint, "whole"), 0);
        AssertClose([.. Enumerable.Range(12, 12)], Read(checkpoint, "parameter"), 0);
        var transposed = Read(checkpoint, "transposed");
        Assert.Equal([6, 4], transposed.Shape);
        Assert.True(transposed.IsContiguous);
        AssertClose([0, 6, 12, 18, 1, 7, 13, 19], transposed.Narrow(0, 0, 2), 0);
    }

    [Fact]
    public void Open_TrainingState_FlattensTensorsAndFacts()
    {
        using var checkpoint = TorchCheckpoint.Open(Golden("training.pth"));

        Assert.Equal(
            [
                "state_dict.0.weight", "state_dict.0.bias", "state_dict.1.weight", "state_dict.1.bias",
                "state_dict.1.running_mean", "state_dict.1.running_var", "state_dict.1.num_batches_tracked",
            ],
            checkpoint.Entries.Select(e => e.Name));
        Assert.Equal([3, 2], checkpoint.Entries[0].Shape);
        Assert.Equal(1200L, checkpoint.Facts["step"]);
        Assert.Equal(7.25, checkpoint.Facts["best_fid"]);
        Assert.Equal("naïve", checkpoint.Facts["run_name"]);
        Assert.Equal(0.5, checkpoint.Facts["ratio"]);
        Assert.Equal(-(1L << 40), checkpoint.Facts["seed"]);
        Assert.Equal(true, checkpoint.Facts["flags.0"]);
        Assert.Equal("x", checkpoint.Facts["flags.1.1"]);
        Assert.Equal(0.001, checkpoint.Facts["optimizer.param_groups.0.lr"]);
    }

    [Fact]
    public void Read_TruthValuesOtherThanZeroAndOne_AreRefused()
    {
        var pickle = PickleText.Start.Raw("}").Text("w").Global("torch._utils", "_rebuild_tensor_v2").Raw("(")
            .Storage(16, type: "BoolStorage").Long(0).Longs(16).Longs(1).Op(0x89)
            .Global("collections", "OrderedDict").Raw(")RtRs").Stop();

        AssertRefused(ZipMaker.Checkpoint(pickle), "truth values has bytes other than 0 and 1");
    }

    [Fact]
    public void Open_FileCutWhileOpen_IsRefusedAtReading()
    {
        var path = Path.GetTempFileName();
        try
        {
            File.Copy(Golden("views.pth"), path, overwrite: true);
            using var checkpoint = TorchCheckpoint.Open(path);
            using (var stream = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
                stream.SetLength(100);

            var error = Assert.Throws<AtelierException>(() => Read(checkpoint, "whole"));

            Assert.Contains("became shorter", error.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("missing.pth", "There is no file")]
    [InlineData("", "is a folder")]
    public void Open_NoFile_SaysSo(string name, string sentence)
    {
        var error = Assert.Throws<AtelierException>(() => TorchCheckpoint.Open(Golden(name)));

        Assert.Equal(FailureKind.Checkpoint, error.Kind);
        Assert.Contains(sentence, error.Message, StringComparison.Ordinal);
    }

    private static Tensor Read(TorchCheckpoint checkpoint, string name) =>
        checkpoint.Read(checkpoint.Entries.Single(e => e.Name == name));
}
