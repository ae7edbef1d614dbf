using System.Text.Json;
using Atelier.Training.Progress;
using Atelier.Training.Telemetry;
using Atelier.Training.Tests.Progress;

namespace Atelier.Training.Tests.Telemetry;

public sealed class TelemetryTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Crc32C_KnownStrings_GiveKnownValues()
    {
        // Check value of the catalogue of CRCs; the other three are RFC 3720, appendix B.4.
        Assert.Equal(0xE3069283u, RecordFraming.Crc32C("123456789"u8));
        Assert.Equal(0x8A9136AAu, RecordFraming.Crc32C(new byte[32]));
        Assert.Equal(0x62A8AB43u, RecordFraming.Crc32C([.. Enumerable.Repeat((byte)0xFF, 32)]));
        Assert.Equal(0x46DD794Eu, RecordFraming.Crc32C([.. Enumerable.Range(0, 32).Select(i => (byte)i)]));
        Assert.Equal(0u, RecordFraming.Crc32C([]));
    }

    [Fact]
    public void EventFile_ReadBack_HoldsVersionScalarsAndImage()
    {
        byte[] png =
        [
            0x89, .. "PNG\r\n\x1a\n"u8, 0, 0, 0, 13, .. "IHDR"u8, 0, 0, 0, 7, 0, 0, 1, 2, 8, 2, 0, 0, 0,
        ];
        var clock = new ManualClock();
        clock.Advance(12.5);
        string path;
        using (var writer = new EventFileWriter(folder.Path, clock: clock))
        {
            writer.AddScalars(3_000_000_000, [new("loss/d", 1.25), new("loss/g", double.NaN)]);
            writer.AddPng(7, "samples", png);
            path = writer.Path;
        }

        var events = EventFileReader.Read(path);

        Assert.Matches(
            $@"^events\.out\.tfevents\.12\.{Environment.MachineName}\.{Environment.ProcessId}\.[0-9]+$",
            Path.GetFileName(path));
        Assert.Equal(3, events.Count);
        Assert.Equal(("brain.Event:2", 12.5), (events[0].Version, events[0].WallTime));
        Assert.Equal(3_000_000_000, events[1].Step);
        Assert.Equal(1.25f, events[1].Scalars["loss/d"]);
        Assert.True(float.IsNaN(events[1].Scalars["loss/g"]));
        var image = EventFileReader.Fields(events[2].Images["samples"]);
        Assert.Equal([(1, 258ul), (2, 7ul), (3, 3ul)], image[..3].Select(field => (field.Field, field.Bits)));
        Assert.Equal(png, image[3].Bytes);
    }

    [Fact]
    public void EventFile_OfAResumedRun_StartsASessionAtTheNextStep()
    {
        using var writer = new EventFileWriter(folder.Path, resumedStep: 60);

        var events = EventFileReader.Read(writer.Path);

        Assert.True(events[1].SessionStart);
        Assert.Equal(61, events[1].Step);
    }

    [Fact]
    public void EventFile_AfterTenSeconds_IsFlushedByItself()
    {
        var clock = new ManualClock();
        using var writer = new EventFileWriter(folder.Path, clock: clock);
        writer.AddScalars(1, [new("a", 1)]);
        clock.Advance(11);

        writer.AddScalars(2, [new("a", 2)]);

        Assert.Equal(3, EventFileReader.Read(writer.Path).Count);
    }

    [Fact]
    public void AddPng_OtherBytes_AreRefused()
    {
        using var writer = new EventFileWriter(folder.Path);

        Assert.Throws<ArgumentException>(() => writer.AddPng(1, "samples", new byte[40]));
    }

    [Fact]
    public void JsonLines_WithNaN_RoundTripAsWords()
    {
        using (var writer = JsonLinesWriter.Open(folder.In("stats.jsonl")))
            writer.Append(Ticks.At(7), TelemetryJson.Default.TickStats);

        var line = Assert.Single(File.ReadAllLines(folder.In("stats.jsonl")));
        var back = JsonSerializer.Deserialize(line, TelemetryJson.Default.TickStats)!;
        Assert.Contains("\"loss_g\":\"NaN\"", line, StringComparison.Ordinal);
        Assert.Contains("\"d_fake\":\"-Infinity\"", line, StringComparison.Ordinal);
        Assert.DoesNotContain("eta_seconds", line, StringComparison.Ordinal);
        Assert.Equal(2.5, back.Extra!["gradient_norm/generator"]);
        Assert.Equal(Ticks.At(7) with { Extra = null }, back with { Extra = null });
    }

    [Theory]
    [InlineData(null, "{\"step\":1}\n{\"a\":{\"step\":9},\"step\":2}\n{\"step\":3}\n")]
    [InlineData(2L, "{\"step\":1}\n{\"a\":{\"step\":9},\"step\":2}\n")]
    [InlineData(0L, "")]
    public void JsonLines_OpenedAgain_DropTornLinesAndStepsAfterTheResumed(long? resumedStep, string expected)
    {
        var path = folder.In("stats.jsonl");
        File.WriteAllText(
            path, "{\"step\":1}\n{\"a\":{\"step\":9},\"step\":2}\n{\"ste\n{\"step\":3}\n{\"step\":4");

        JsonLinesWriter.Open(path, resumedStep).Dispose();

        Assert.Equal(expected, File.ReadAllText(path));
    }

    [Fact]
    public void MemoryProbe_OnLinux_TellsAll()
    {
        var memory = MemoryProbe.Read();

        Assert.InRange(memory.Resident, 1, memory.PeakResident);
        Assert.True(memory.ManagedHeap > 0);
    }

    [Fact]
    public void MemoryProbe_OfAStatusFile_CountsInBytes()
    {
        Assert.Equal(
            new MemorySample(2048, 3072, -1),
            MemoryProbe.Parse("Name:\tx\nVmHWM:\t   3 kB\nVmRSS:\t   2 kB\n"));
        Assert.Equal(new MemorySample(-1, -1, -1), MemoryProbe.Parse("VmRSS:\n"));
    }

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(999, "999 B")]
    [InlineData(1000, "1.0 kB")]
    [InlineData(999_960, "1.0 MB")]
    [InlineData(12_345_678, "12.3 MB")]
    [InlineData(-1, "an unknown number of bytes")]
    public void ByteText_Formats(long bytes, string expected) =>
        Assert.Equal(expected, ByteText.Format(bytes));
}
