using System.Buffers.Binary;
using Atelier.Data.Decoding;
using Atelier.IO;

namespace Atelier.Data.Pictures;

/// <summary>
/// Writes animated PNG (PNG third edition, section 11.3.6): browsers play it, other programs show the first
/// frame.
/// </summary>
public static class ApngWriter
{
    /// <summary>Writes a file whole or not at all.</summary>
    /// <param name="path">The file to create or replace; its folder must exist.</param>
    /// <param name="frames">At least one; all of one size and number of channels.</param>
    /// <param name="frameMilliseconds">How long each frame stands, 1 to 65,535.</param>
    /// <param name="plays">How often the animation plays; 0 for ever.</param>
    /// <exception cref="AtelierException">Frames that differ in shape (Bug), or the disk (Disk).</exception>
    public static void Write(
        string path, IReadOnlyList<RasterImage> frames, int frameMilliseconds, int plays = 0) =>
        AtomicFile.Write(path, stream => Write(stream, frames, frameMilliseconds, plays));

    /// <summary>Writes to a stream, front to back; the stream stays open.</summary>
    /// <param name="stream">Where to write.</param>
    /// <param name="frames">At least one; all of one size and number of channels.</param>
    /// <param name="frameMilliseconds">How long each frame stands, 1 to 65,535.</param>
    /// <param name="plays">How often the animation plays; 0 for ever.</param>
    /// <exception cref="AtelierException">Frames that differ in shape (Bug).</exception>
    public static void Write(
        Stream stream, IReadOnlyList<RasterImage> frames, int frameMilliseconds, int plays = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(plays);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(frameMilliseconds);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(frameMilliseconds, ushort.MaxValue);
        CheckShapes(frames);

        var first = frames[0];
        PngChunkWriter.WriteStart(stream, first.Width, first.Height, first.Channels);
        PngChunkWriter.Write(stream, "acTL"u8, Numbers(frames.Count, plays));
        var sequence = 0;
        foreach (var frame in frames)
        {
            byte[] delay = [(byte)(frameMilliseconds >> 8), (byte)frameMilliseconds, 1000 >> 8, 1000 & 0xFF];
            PngChunkWriter.Write(
                stream, "fcTL"u8, [.. Numbers(sequence++, first.Width, first.Height, 0, 0), .. delay, 0, 0]);
            var data = PngFilter.Compress(frame);
            if (sequence == 1)
                PngChunkWriter.Write(stream, "IDAT"u8, data);
            else
                PngChunkWriter.Write(stream, "fdAT"u8, [.. Numbers(sequence++), .. data]);
        }

        PngChunkWriter.Write(stream, "IEND"u8, []);
    }

    private static void CheckShapes(IReadOnlyList<RasterImage> frames)
    {
        if (frames.Count == 0)
            throw new AtelierException(FailureKind.Bug, "An animation needs at least one frame.");
        var first = frames[0];
        foreach (var frame in frames)
        {
            if ((frame.Width, frame.Height, frame.Channels) != (first.Width, first.Height, first.Channels))
            {
                throw new AtelierException(
                    FailureKind.Bug,
                    $"A frame is {frame.Width}x{frame.Height}x{frame.Channels}, "
                    + "the first one of the animation "
                    + $"{first.Width}x{first.Height}x{first.Channels}; all must be alike.");
            }
        }
    }

    private static byte[] Numbers(params ReadOnlySpan<int> values)
    {
        var bytes = new byte[values.Length * sizeof(int)];
        for (var i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(i * sizeof(int)), values[i]);
        return bytes;
    }
}
