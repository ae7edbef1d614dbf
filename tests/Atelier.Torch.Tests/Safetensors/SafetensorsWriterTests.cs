using System.Text;
using Atelier.Torch.Safetensors;

namespace Atelier.Torch.Tests.Safetensors;

public sealed class SafetensorsWriterTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("atelier-safetensors-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("every-dtype.safetensors")]
    [InlineData("names.safetensors")]
    public void Write_TensorsOfAGoldenFileInAnotherOrder_GivesItsBytes(string name)
    {
        using var golden = SafetensorsFile.Open(SafetensorsBytes.Golden(name));
        var shuffled = golden.Entries.Reverse().OrderBy(e => e.Name.Length % 3).ToList();
        var path = Path.Combine(folder, name);

        SafetensorsWriter.Write(
            path,
            [.. shuffled.Select(e => new SafetensorsDeclaration(e.Name, e.DType, e.Shape))],
            golden.Metadata,
            (i, entry, to) =>
            {
                Assert.Equal(shuffled[i].Name, entry.Name);
                to.Write(golden.ReadBytes(entry.Name));
            });

        Assert.Equal(File.ReadAllBytes(golden.Path), File.ReadAllBytes(path));
    }

    /// <summary>
    /// The byte vectors of the serializer's own tests (huggingface/safetensors 24b0b28, tensor.rs:
    /// test_serialization,
    /// test_serialization_forced_alignement, test_empty).
    /// </summary>
    [Theory]
    [InlineData(
        "attn.0", "1,2,3", """{"attn.0":{"dtype":"F32","shape":[1,2,3],"data_offsets":[0,24]}}""", 64)]
    [InlineData(
        "attn0", "1,1,2,3",
        """{"attn0":{"dtype":"F32","shape":[1,1,2,3],"data_offsets":[0,24]}}       """, 72)]
    public void Write_OneTensor_GivesTheBytesOfTheFormatsOwnSerializer(
        string name, string shape, string header, int headerBytes)
    {
        float[] values = [0, 1, 2, 3, 4, 5];
        var data = values.SelectMany(BitConverter.GetBytes).ToArray();

        var file = SafetensorsBytes.Written(
            [(new(name, SafetensorsDType.F32, [.. shape.Split(',').Select(long.Parse)]), data)], null);

        Assert.Equal(
            [(byte)headerBytes, 0, 0, 0, 0, 0, 0, 0, .. Encoding.UTF8.GetBytes(header), .. data], file);
    }

    [Fact]
    public void Write_Nothing_GivesTheBytesOfTheFormatsOwnSerializer()
    {
        Assert.Equal(SafetensorsBytes.File("{}      ", 0), SafetensorsBytes.Written([], null));
        Assert.Equal(
            SafetensorsBytes.File("""{"__metadata__":{"framework":"pt"}}     """, 0),
            SafetensorsBytes.Written([], new() { ["framework"] = "pt" }));
        Assert.Equal(
            SafetensorsBytes.File("""{"__metadata__":{}}     """, 0), SafetensorsBytes.Written([], []));
    }

    [Fact]
    public void Write_MetadataInTwoOrders_GivesEqualBytes() => Assert.Equal(
        SafetensorsBytes.Written([], new() { ["b"] = "2", ["a"] = "1" }),
        SafetensorsBytes.Written([], new() { ["a"] = "1", ["b"] = "2" }));

    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    public void Write_PayloadOfAnotherLength_IsABugAndLeavesTheOldFile(int bytes)
    {
        var path = Path.Combine(folder, "weights.safetensors");
        File.WriteAllText(path, "old");

        var error = Assert.Throws<AtelierException>(() => SafetensorsWriter.Write(
            path, [new("t", SafetensorsDType.U8, 4)], null, (_, _, to) => to.Write(new byte[bytes])));

        Assert.Equal(FailureKind.Bug, error.Kind);
        Assert.Contains(
            $"wrote {bytes} bytes, and the tensor has 4", error.Message, StringComparison.Ordinal);
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Single(Directory.GetFileSystemEntries(folder));
    }

    [Fact]
    public void Write_IntoAMissingFolder_IsADiskFailure()
    {
        var error = Assert.Throws<AtelierException>(() => SafetensorsWriter.Write(
            Path.Combine(folder, "no", "weights.safetensors"), [], null, (_, _, _) => { }));

        Assert.Equal(FailureKind.Disk, error.Kind);
    }

    [Fact]
    public void Write_TwoTensorsOfOneName_IsRefused() => AssertRefused(
        "two tensors are named 't'", null, new("t", SafetensorsDType.U8, 1),
        new("t", SafetensorsDType.F32, 1));

    [Fact]
    public void Write_NameOfTheMetadata_IsRefused() =>
        AssertRefused(
            "cannot be named", null, new SafetensorsDeclaration("__metadata__", SafetensorsDType.U8, 1));

    [Fact]
    public void Write_HalfASurrogatePairAsName_IsRefused() =>
        AssertRefused("no valid Unicode", null, new SafetensorsDeclaration("\ud800", SafetensorsDType.U8, 1));

    [Fact]
    public void Write_NameAboveTheBound_IsRefused() =>
        AssertRefused(
            "at most 512 bytes", null, new SafetensorsDeclaration(new('ä', 257), SafetensorsDType.U8, 1));

    [Theory]
    [InlineData(-1L)]
    [InlineData(long.MaxValue)]
    [InlineData(1L << 32, 1L << 32)]
    [InlineData(1L, 1L, 1L, 1L, 1L, 1L, 1L, 1L, 1L)]
    public void Write_ImpossibleShape_IsRefused(params long[] shape) =>
        AssertRefused(
            "tensor 't' has the shape", null, new SafetensorsDeclaration("t", SafetensorsDType.F32, shape));

    [Fact]
    public void Write_HeaderAboveTheBound_IsRefused() => AssertRefused(
        "its metadata has more than 100000000 bytes", new() { ["k"] = new string('a', 100_000_000) });

    [Fact]
    public void Write_StreamThatCannotSeek_GivesTheSameBytes()
    {
        using var memory = new MemoryStream();
        using (var zip = new System.IO.Compression.ZLibStream(
            memory, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true))
        {
            SafetensorsWriter.Write(
                zip, [new("t", SafetensorsDType.U8, 3)], null, (_, _, to) => to.Write([7, 8, 9]));
        }

        memory.Position = 0;
        using var back = new MemoryStream();
        using (var zip = new System.IO.Compression.ZLibStream(
            memory, System.IO.Compression.CompressionMode.Decompress))
        {
            zip.CopyTo(back);
        }

        Assert.Equal(
            SafetensorsBytes.Written([(new("t", SafetensorsDType.U8, 3), [7, 8, 9])], null), back.ToArray());
    }

    private static void AssertRefused(
        string words, Dictionary<string, string>? metadata, params SafetensorsDeclaration[] tensors)
    {
        using var stream = new MemoryStream();

        var error = Assert.Throws<AtelierException>(
            () => SafetensorsWriter.Write(stream, tensors, metadata, (_, _, _) => { }));

        Assert.Equal(FailureKind.Checkpoint, error.Kind);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        Assert.Equal(0, stream.Length);
    }
}
