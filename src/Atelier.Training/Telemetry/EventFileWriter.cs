using System.Buffers.Binary;
using System.Globalization;
using Atelier.IO;

namespace Atelier.Training.Telemetry;

/// <summary>
/// Writes a TensorBoard event file: scalars and PNG images. Field numbers are those of tensorflow's
/// event.proto and
/// summary.proto. One handle stays open; what is written reaches the file at the latest 10 seconds later, or
/// at a flush.
/// </summary>
public sealed class EventFileWriter : IDisposable
{
    private const int SessionStart = 1;

    private static readonly TimeSpan FlushInterval = TimeSpan.FromSeconds(10);
    private static int filesOfThisProcess;

    private readonly TimeProvider clock;
    private readonly FileStream stream;
    private long lastFlush;

    /// <summary>Creates a new event file in a folder.</summary>
    /// <param name="folder">Run directory; it exists.</param>
    /// <param name="resumedStep">
    /// Set when the run goes on after a step: TensorBoard then drops what older files hold after it.
    /// </param>
    /// <param name="clock">The clock; the system's when null.</param>
    /// <exception cref="AtelierException">Kind Disk: the file cannot be created or written.</exception>
    public EventFileWriter(string folder, long? resumedStep = null, TimeProvider? clock = null)
    {
        this.clock = clock ?? TimeProvider.System;
        var number = Interlocked.Increment(ref filesOfThisProcess) - 1;
        var name = string.Create(
            CultureInfo.InvariantCulture,
            $"events.out.tfevents.{this.clock.GetUtcNow().ToUnixTimeSeconds()}.{Environment.MachineName}." +
            $"{Environment.ProcessId}.{number}");
        Path = System.IO.Path.Combine(folder, name);
        stream = Guard(() => new FileStream(Path, FileMode.CreateNew, FileAccess.Write, FileShare.Read));
        lastFlush = this.clock.GetTimestamp();
        Append(new ProtoBuffer().Double(1, WallTime).Text(3, "brain.Event:2"));
        if (resumedStep is { } step)
            Append(new ProtoBuffer().Double(1, WallTime).Integer(2, step + 1).Message(7,
                new ProtoBuffer().Integer(1, SessionStart)));
        Flush();
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    private double WallTime => (clock.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds;

    /// <summary>Adds scalars of one step, tag and value; values are kept in float32.</summary>
    /// <exception cref="AtelierException">Kind Disk: the file cannot be written.</exception>
    public void AddScalars(long step, params IEnumerable<KeyValuePair<string, double>> scalars)
    {
        ArgumentNullException.ThrowIfNull(scalars);
        var summary = new ProtoBuffer();
        foreach (var (tag, value) in scalars)
            summary.Message(1, new ProtoBuffer().Text(1, tag).Single(2, (float)value));
        AddSummary(step, summary);
    }

    /// <summary>Adds a picture, given as the bytes of a PNG file.</summary>
    /// <exception cref="ArgumentException">The bytes do not begin as a PNG does.</exception>
    /// <exception cref="AtelierException">Kind Disk: the file cannot be written.</exception>
    public void AddPng(long step, string tag, ReadOnlySpan<byte> png)
    {
        if (png.Length < 26 || !png[1..].StartsWith("PNG\r\n\x1a\n"u8))
            throw new ArgumentException("the bytes are not those of a PNG file", nameof(png));
        var width = BinaryPrimitives.ReadInt32BigEndian(png[16..]);
        var height = BinaryPrimitives.ReadInt32BigEndian(png[20..]);

        // PNG's colour type to summary.proto's colour space: 1 grey, 2 grey with alpha, 3 RGB, 4 RGBA.
        var colourSpace = png[25] switch { 0 => 1, 4 => 2, 6 => 4, _ => 3 };
        var image =
            new ProtoBuffer().Integer(1, height).Integer(2, width).Integer(3, colourSpace).Bytes(4, png);
        AddSummary(step, new ProtoBuffer().Message(1, new ProtoBuffer().Text(1, tag).Message(4, image)));
    }

    /// <summary>Hands everything to the operating system.</summary>
    /// <exception cref="AtelierException">Kind Disk: the file cannot be written.</exception>
    public void Flush()
    {
        lastFlush = clock.GetTimestamp();
        Guard(() =>
        {
            stream.Flush();
            return 0;
        });
    }

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();

    private void AddSummary(long step, ProtoBuffer summary)
    {
        Append(new ProtoBuffer().Double(1, WallTime).Integer(2, step).Message(5, summary));
        if (clock.GetElapsedTime(lastFlush) >= FlushInterval)
            Flush();
    }

    private void Append(ProtoBuffer message) => Guard(() =>
    {
        RecordFraming.Write(stream, message.Written);
        return 0;
    });

    private T Guard<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw DiskFailure.From(e, Path);
        }
    }
}
