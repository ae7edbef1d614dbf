using System.Text.Json;
using Atelier.IO;

namespace Atelier.Torch;

/// <summary>
/// Writes events in Chrome's trace event format (JSON object form, complete events), which chrome://tracing
/// and Perfetto open.
/// </summary>
public static class ChromeTrace
{
    private const double NanosecondsPerMicrosecond = 1000;

    /// <summary>Writes a file whole or not at all.</summary>
    /// <param name="path">The file to create or replace; <c>.json</c> by custom.</param>
    /// <param name="process">The name over all threads.</param>
    /// <param name="events">In any order; the earliest one stands at time 0.</param>
    /// <exception cref="AtelierException">The disk refused (Disk).</exception>
    public static void Write(string path, string process, IReadOnlyCollection<TraceEvent> events) =>
        AtomicFile.Write(path, stream => Write(stream, process, events));

    private static void Write(Stream stream, string process, IReadOnlyCollection<TraceEvent> events)
    {
        using var json = new Utf8JsonWriter(stream);
        json.WriteStartObject();
        json.WriteString("displayTimeUnit", "ms");
        json.WriteStartArray("traceEvents");
        WriteProcess(json, process);
        var origin = events.Count == 0 ? 0 : events.Min(static e => e.Start);
        // What begins first, and of two the longer one, so that what encloses stands before what is inside.
        foreach (var one in events.OrderBy(static e => e.Start).ThenByDescending(static e => e.Duration))
            WriteEvent(json, one, origin);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteProcess(Utf8JsonWriter json, string process)
    {
        json.WriteStartObject();
        json.WriteString("name", "process_name");
        json.WriteString("ph", "M");
        json.WriteNumber("pid", Environment.ProcessId);
        json.WriteStartObject("args");
        json.WriteString("name", process);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteEvent(Utf8JsonWriter json, TraceEvent one, long origin)
    {
        json.WriteStartObject();
        json.WriteString("name", one.Name);
        json.WriteString("cat", one.Category);
        json.WriteString("ph", "X");
        json.WriteNumber("ts", (one.Start - origin) / NanosecondsPerMicrosecond);
        json.WriteNumber("dur", one.Duration / NanosecondsPerMicrosecond);
        json.WriteNumber("pid", Environment.ProcessId);
        json.WriteNumber("tid", one.Thread);
        if (one.Shapes.Length > 0)
        {
            json.WriteStartObject("args");
            json.WriteString("shapes", one.Shapes);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
