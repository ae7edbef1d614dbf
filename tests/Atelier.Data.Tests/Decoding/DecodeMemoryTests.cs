using System.Globalization;
using Atelier.Data.Decoding;
using Atelier.Data.Tests.Support;

namespace Atelier.Data.Tests.Decoding;

/// <summary>Looks at the memory of the whole process, so nothing may run beside it.</summary>
[CollectionDefinition(nameof(DecodeMemoryTests), DisableParallelization = true)]
[Collection(nameof(DecodeMemoryTests))]
public sealed class DecodeMemoryTests
{
    private const string Status = "/proc/self/status";
    private const long Spare = 4 << 20;

    [Theory]
    [InlineData("cmyk-900x700.jpg")]
    [InlineData("interlaced 16-bit png")]
    public void Decode_LargeImage_StaysWithinFourTimesItsPixelsInFourBytes(string name)
    {
        var file = name.EndsWith(".jpg", StringComparison.Ordinal)
            ? JpegSurgery.WithOrientation(Golden.Read(name), 6) : WideNoise();
        var header = ImageReader.ReadHeader(file);
        // The first image brings in the library and its tables.
        ImageReader.Decode(file);
        GC.Collect();
        GC.Collect();
        Assert.SkipUnless(TryResetPeak(), "the peak of the resident memory cannot be set back here");
        var before = Read("VmRSS");

        ImageReader.Decode(file);

        // Where memory of before is used again nothing grows, and the kernel's counters lag by some pages.
        Assert.InRange(
            Math.Max(Read("VmHWM") - before, 0), 0, (4L * header.Width * header.Height * 4) + Spare);
    }

    /// <summary>All pixels in one chunk of 4 MiB, as some encoders write.</summary>
    private static byte[] WideNoise()
    {
        var random = new Random(5);
        return new PngMaker(700, 700, 16, 6, (_, _, _) => random.Next(65_536)) { Interlaced = true }.Make();
    }

    private static bool TryResetPeak()
    {
        try
        {
            File.WriteAllText("/proc/self/clear_refs", "5");
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static long Read(string field)
    {
        var line = File.ReadLines(Status)
            .Single(text => text.StartsWith(field + ":", StringComparison.Ordinal));
        var number = line[(field.Length + 1)..].Replace("kB", "", StringComparison.Ordinal);
        return 1024 * long.Parse(number.Trim(), CultureInfo.InvariantCulture);
    }
}
