using System.Diagnostics;
using System.Text;
using Atelier.Torch.Safetensors;

namespace Atelier.Torch.Tests.Safetensors;

public sealed class SafetensorsFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("atelier-safetensors-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Open_GoldenFileOfEveryDType_GivesItsValues()
    {
        using var file = SafetensorsFile.Open(SafetensorsBytes.Golden("every-dtype.safetensors"));

        Assert.Equal("pt", file.Metadata["format"]);
        Assert.Equal(
            ["u64", "i64", "f64", "f32", "u32", "i32", "bf16", "f16", "u16", "i16", "i8", "u8", "b"],
            file.Names);
        Assert.Equal(-5.25f, BitConverter.ToSingle(file.ReadBytes("f32"), 20));
        Assert.Equal(-1e300, BitConverter.ToDouble(file.ReadBytes("f64"), 8));
        Assert.Equal((Half)65504, BitConverter.ToHalf(file.ReadBytes("f16"), 4));
        Assert.Equal(long.MinValue, BitConverter.ToInt64(file.ReadBytes("i64")));
        Assert.Empty(file.Entry("i64").Shape);
        Assert.Equal([0x00, 0x3F, 0x00, 0xC0, 0xC0, 0x3F], file.ReadBytes("bf16"));
        Assert.Equal([1, 0, 1], file.ReadBytes("b"));
    }

    [Fact]
    public void Open_GoldenFileInForeignOrder_GivesItsValues()
    {
        using var file = SafetensorsFile.Open(SafetensorsBytes.Golden("foreign-order.safetensors"));

        Assert.Equal(["y", "x", "a"], file.Names);
        Assert.Equal([1, 2, 3], file.ReadBytes("y"));
        Assert.Equal(-0.75f, BitConverter.ToSingle(file.ReadBytes("x"), 4)); // at an odd byte of the file
        Assert.Equal(-3, BitConverter.ToInt64(file.ReadBytes("a")));
    }

    [Fact]
    public unsafe void ReadInto_NativeMemory_GivesTheSameBytes()
    {
        using var file = SafetensorsFile.Open(SafetensorsBytes.Golden("every-dtype.safetensors"));
        var entry = file.Entry("f32");
        var bytes = new byte[entry.ByteCount];

        fixed (byte* start = bytes)
            file.ReadInto(entry, start, bytes.Length);

        Assert.Equal(file.ReadBytes("f32"), bytes);
    }

    [Fact]
    public void ReadInto_MemoryOfAnotherLength_IsABug()
    {
        using var file = SafetensorsFile.Open(SafetensorsBytes.Golden("every-dtype.safetensors"));

        var error = Assert.Throws<AtelierException>(() => file.ReadInto(file.Entry("f32"), new byte[23]));

        Assert.Equal(FailureKind.Bug, error.Kind);
        Assert.Contains("f32: F32 [2, 3]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadInto_EntryOfAnotherFile_IsABug()
    {
        using var one = SafetensorsFile.Open(SafetensorsBytes.Golden("every-dtype.safetensors"));
        using var other = SafetensorsFile.Open(SafetensorsBytes.Golden("every-dtype.safetensors"));

        var error = Assert.Throws<AtelierException>(() => one.ReadInto(other.Entry("u8"), new byte[4]));

        Assert.Equal(FailureKind.Bug, error.Kind);
    }

    [Fact]
    public void Entry_UnknownName_NamesTheFileAndANeighbour()
    {
        using var file = SafetensorsFile.Open(SafetensorsBytes.Golden("names.safetensors"));

        var error = Assert.Throws<AtelierException>(() => file.Entry("model.Apple"));

        Assert.Equal(FailureKind.Checkpoint, error.Kind);
        Assert.Contains("such as 'apple'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("missing.safetensors", "There is no file")]
    [InlineData("", "is a folder")]
    [InlineData("a\0b", "Cannot read")]
    public void Open_NoFile_SaysSo(string name, string words) =>
        Assert.Contains(words, OpenFails(Path.Join(folder, name)).Message, StringComparison.Ordinal);

    [Fact]
    public void Open_EmptyFile_SaysSo()
    {
        var path = Path.Combine(folder, "empty");
        File.WriteAllBytes(path, []);

        Assert.Contains("it is empty", OpenFails(path).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_PipeOrDevice_DoesNotWait()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "no mkfifo");
        var path = Path.Combine(folder, "pipe");
        using (var process = Process.Start("mkfifo", path))
            process.WaitForExit();

        var link = Path.Combine(folder, "link");
        File.CreateSymbolicLink(link, path);

        OpenFails(path);
        OpenFails(link);
        OpenFails("/dev/zero");
    }

    [Fact]
    public void Open_CutShort_NamesBothEnds()
    {
        var path = Path.Combine(folder, "cut");
        File.WriteAllBytes(
            path, File.ReadAllBytes(SafetensorsBytes.Golden("every-dtype.safetensors"))[..100]);

        Assert.Matches(
            "the file ends at byte 100, its header needs [0-9]+: incomplete copy", OpenFails(path).Message);
    }

    [Fact]
    public void Open_SparseFileThatClaimsALongHeader_StopsAtItsFirstByte()
    {
        var path = Path.Combine(folder, "sparse");
        using (var stream = File.Create(path))
        {
            stream.Write([0x00, 0xE1, 0xF5, 0x05, 0, 0, 0, 0]); // 100,000,000
            stream.SetLength(200_000_000);
        }

        Assert.Contains("starts with byte 0x00", OpenFails(path).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_FileCutAfterOpening_IsAnErrorAndNoCrash()
    {
        var path = Path.Combine(folder, "cut-later");
        File.WriteAllBytes(path, SafetensorsBytes.File(
            Encoding.UTF8.GetBytes("""{"t":{"dtype":"U8","shape":[64],"data_offsets":[0,64]}}"""), 64));
        using var file = SafetensorsFile.Open(path);
        using (var stream = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
            stream.SetLength(80);

        var error = Assert.Throws<AtelierException>(() => file.ReadBytes("t"));

        Assert.Contains("it became shorter after it was opened", error.Message, StringComparison.Ordinal);
    }

    private static AtelierException OpenFails(string path)
    {
        var error = Assert.Throws<AtelierException>(() => SafetensorsFile.Open(path));
        Assert.Equal(FailureKind.Checkpoint, error.Kind);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        return error;
    }
}
