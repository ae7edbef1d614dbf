using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Atelier.IO;

namespace Atelier.Training.Telemetry;

/// <summary>
/// Appends records to a file, one JSON object a line, each flushed; a reader never sees half a line for long.
/// </summary>
public sealed class JsonLinesWriter : IDisposable
{
    private readonly string path;
    private readonly FileStream stream;

    private JsonLinesWriter(string path, FileStream stream)
    {
        this.path = path;
        this.stream = stream;
    }

    /// <summary>
    /// Opens a file for appending, creating it. Lines that a crash tore are dropped, and so are lines whose
    /// "step" lies
    /// after <paramref name="resumedStep"/>: a resumed run writes those steps again.
    /// </summary>
    /// <exception cref="AtelierException">Kind Disk: the file cannot be read or written.</exception>
    public static JsonLinesWriter Open(string path, long? resumedStep = null)
    {
        try
        {
            if (File.Exists(path))
                Trim(path, resumedStep ?? long.MaxValue);
            return new(path, new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw DiskFailure.From(e, path);
        }
    }

    /// <summary>Appends one record.</summary>
    /// <exception cref="AtelierException">
    /// Kind Disk: it cannot be written; the file is as it was before.
    /// </exception>
    public void Append<T>(T record, JsonTypeInfo<T> type)
    {
        byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(record, type), (byte)'\n'];
        var length = stream.Position;
        try
        {
            stream.Write(line);
            stream.Flush();
        }
        catch (IOException e)
        {
            TakeBack(length);
            throw DiskFailure.From(e, path, line.Length);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();

    private void TakeBack(long length)
    {
        try
        {
            stream.SetLength(length);
        }
        catch (IOException)
        {
            // Half a line stays; opening the file again drops it.
        }
    }

    private static void Trim(string path, long lastStep)
    {
        var bytes = File.ReadAllBytes(path);
        var kept = new List<Range>();
        var start = 0;
        while (start < bytes.Length)
        {
            var length = bytes.AsSpan(start).IndexOf((byte)'\n');
            if (length < 0)
                break;
            if (StepOf(bytes.AsSpan(start, length)) is { } step && step <= lastStep)
                kept.Add(start..(start + length + 1));
            start += length + 1;
        }

        if (kept.Sum(range => range.End.Value - range.Start.Value) == bytes.Length)
            return;
        AtomicFile.Write(path, stream =>
        {
            foreach (var range in kept)
                stream.Write(bytes.AsSpan(range));
        });
    }

    /// <summary>
    /// The number at the top-level key "step"; null when the line is no JSON object with one.
    /// </summary>
    private static long? StepOf(ReadOnlySpan<byte> line)
    {
        try
        {
            var reader = new Utf8JsonReader(line);
            long? step = null;
            while (reader.Read())
            {
                if (reader.CurrentDepth != 1 || reader.TokenType != JsonTokenType.PropertyName
                    || !reader.ValueTextEquals("step"u8))
                    continue;
                if (reader.Read() && reader.TokenType == JsonTokenType.Number
                    && reader.TryGetInt64(out var value))
                    step = value;
            }

            return step;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
