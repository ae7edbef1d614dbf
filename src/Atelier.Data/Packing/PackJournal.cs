using System.Text.Json;

namespace Atelier.Data;

/// <summary>
/// What an unfinished packing has done, a JSON line each: what it was made of, what the headers said, and
/// then every block of images once its pixels are in their file. A line that is not whole does not count.
/// </summary>
internal sealed class PackJournal : IDisposable
{
    private const string FileName = "journal";
    private const string Format = "atelier-pack-1";
    private const int WouldBlock = 11;
    private const long MaxBytes = 1L << 30;

    private readonly FileStream stream;
    private readonly Queue<(JournalLine Line, long End)> earlier = new();
    private long accepted;

    /// <summary>Opens the journal of a folder for this process alone; an earlier one of the same work is
    /// read, any other is emptied.</summary>
    /// <exception cref="AtelierException">Kind Preflight: another process is writing it.</exception>
    public PackJournal(string folder, string fingerprint)
    {
        Path = System.IO.Path.Combine(folder, FileName);
        try
        {
            stream = new FileStream(Path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 0);
        }
        catch (IOException exception) when (exception.HResult == WouldBlock)
        {
            throw new AtelierException(FailureKind.Preflight,
                $"Another process is packing into '{folder}'. Wait until it is done, or write another file.",
                exception);
        }

        ReadLines();
        if (Peek() is { Format: Format } head && head.Fingerprint == fingerprint)
        {
            Accept();
            Resumes = true;
            return;
        }

        Add(new JournalLine { Format = Format, Fingerprint = fingerprint });
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>True when an earlier call began the same work.</summary>
    public bool Resumes { get; }

    /// <summary>The next line that an earlier call wrote, or null.</summary>
    public JournalLine? Peek() => earlier.TryPeek(out var next) ? next.Line : null;

    /// <summary>Keeps the line that <see cref="Peek"/> gave, and goes on to the one behind it.</summary>
    public void Accept() => accepted = earlier.Dequeue().End;

    /// <summary>Appends a line behind the last one that was accepted; what else there was is gone.</summary>
    public void Add(JournalLine line)
    {
        earlier.Clear();
        var bytes = JsonSerializer.SerializeToUtf8Bytes(line, JournalContext.Default.JournalLine);
        stream.SetLength(accepted);
        stream.Position = accepted;
        stream.Write([.. bytes, (byte)'\n']);
        accepted = stream.Position;
    }

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();

    private void ReadLines()
    {
        if (stream.Length > MaxBytes)
            return;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        for (var start = 0; bytes.AsSpan(start).IndexOf((byte)'\n') is >= 0 and var length;
            start += length + 1)
        {
            try
            {
                if (JsonSerializer.Deserialize(bytes.AsSpan(start, length),
                    JournalContext.Default.JournalLine) is not { } line)
                    return;
                earlier.Enqueue((line, start + length + 1));
            }
            catch (JsonException)
            {
                return;
            }
        }
    }
}
