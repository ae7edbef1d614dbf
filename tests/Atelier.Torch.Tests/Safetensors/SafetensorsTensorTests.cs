using Atelier.Tests;
using Atelier.Torch.Safetensors;

namespace Atelier.Torch.Tests.Safetensors;

public sealed class SafetensorsTensorTests : TensorTest
{
    private string WeightsPath => Path.Combine(Folder, "weights.safetensors");

    [Fact]
    public void Read_GoldenFile_GivesTensorsOfItsValues()
    {
        using var file = SafetensorsFile.Open(SafetensorsBytes.Golden("every-dtype.safetensors"));

        Assert.Equal([2L, 3], file.Read("f32").Shape);
        AssertClose([0, 1, 2, 3, 4, -5.25], file.Read("f32"), 0);
        AssertClose([0.5, -2, 1.5], file.Read("bf16"), 0);
        AssertClose([0.5, -2, 65504], file.Read("f16"), 0);
        AssertClose([-128, 0, 127], file.Read("i8"), 0);
        AssertClose([-32768, 32767], file.Read("i16"), 0);
        AssertClose([1, 0, 1], file.Read("b"), 0);
        Assert.Equal(0, file.Read("i64").Rank);
        Assert.Equal([long.MinValue], file.Read("i64").ToArray<long>());
    }

    [Fact]
    public void WriteThenReadAll_EveryTypeAndLayout_GivesTheSameTensors()
    {
        var values = Tensor.FromArray<float>([0, 1, 2, 3, 4, -5.25f], 2, 3);
        (string Name, Tensor Tensor)[] tensors =
        [
            .. Enum.GetValues<DType>().Where(d => d != DType.Bool).Select(d => ($"{d}", values.To(d))),
            ("Bool", Tensor.FromArray<bool>([true, false, true], 3)),
            ("transposed", values.Transpose(0, 1)),
            ("with gradient", Tensor.Ones([2])),
            ("scalar", Tensor.Full([], -7)),
            ("empty", Tensor.Zeros([2, 0])),
        ];
        tensors[^3].Tensor.RequiresGrad = true;

        SafetensorsWriter.Write(WeightsPath, tensors, new Dictionary<string, string> { ["step"] = "12" });

        using var file = SafetensorsFile.Open(WeightsPath);
        var back = file.ReadAll();
        Assert.Equal("12", file.Metadata["step"]);
        Assert.Equal(tensors.Length, back.Count);
        foreach (var (name, tensor) in tensors)
        {
            Assert.Equal(tensor.DType, back[name].DType);
            Assert.Equal(0, MaxDifference(tensor, back[name]));
        }

        Assert.Equal([0, 3, 1, 4, 2, -5.25f], back["transposed"].ToArray<float>());
    }

    [Fact]
    public void Write_ToAStream_GivesTheBytesOfTheFile()
    {
        (string, Tensor)[] tensors = [("b", Tensor.Full([3], 2.5)), ("a", Tensor.Full([1], 1, DType.Int64))];
        using var stream = new MemoryStream();

        SafetensorsWriter.Write(stream, tensors);
        SafetensorsWriter.Write(WeightsPath, tensors);

        Assert.Equal(File.ReadAllBytes(WeightsPath), stream.ToArray());
    }

    [Fact]
    public void Read_UnsignedType_IsRefusedWithAdvice()
    {
        using var file = SafetensorsFile.Open(SafetensorsBytes.Golden("every-dtype.safetensors"));
        var before = Tensor.LiveCount;

        var error = Assert.Throws<AtelierException>(file.ReadAll);

        Assert.Equal(FailureKind.Checkpoint, error.Kind);
        Assert.Contains("export it as I64", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, Tensor.LiveCount);
    }

    [Fact]
    public void Read_BooleanThatIsNeitherZeroNorOne_IsRefused()
    {
        var bytes = SafetensorsBytes.File("""{"t":{"dtype":"BOOL","shape":[4],"data_offsets":[0,4]}}""", 4);
        bytes[^1] = 2;
        File.WriteAllBytes(WeightsPath, bytes);
        using var file = SafetensorsFile.Open(WeightsPath);
        var before = Tensor.LiveCount;

        var error = Assert.Throws<AtelierException>(() => file.Read("t"));

        Assert.Contains("bytes other than 0 and 1", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, Tensor.LiveCount);
    }
}
