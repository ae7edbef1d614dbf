using Atelier.Torch.Native;

namespace Atelier.Torch;

/// <summary>
/// While one is open, libtorch writes down every operator that runs, on all threads, backward passes
/// included. One is open at a time. It costs about a microsecond an operator.
/// </summary>
public sealed unsafe class OperatorProfiler : IDisposable
{
    /// <summary>The category of its events.</summary>
    public const string Category = "operator";

    private const long MostEvents = 2_000_000;
    private readonly Dictionary<nint, string> words = [];
    private bool isOpen;

    /// <summary>Begins to record.</summary>
    /// <param name="withShapes">Write down the shapes of the operators' tensors too.</param>
    /// <exception cref="TorchException">One is open already.</exception>
    public OperatorProfiler(bool withShapes = true)
    {
        TorchRuntime.EnsureLoaded();
        NativeStatus.Check(NativeMethods.ProfilerStart(MostEvents, withShapes ? 1 : 0, out var thread));
        Thread = thread;
        isOpen = true;
    }

    /// <summary>The system's id of the thread that opened it.</summary>
    public long Thread { get; }

    /// <summary>Operators that found no room among two millions, known after <see cref="Stop"/>.</summary>
    public long Dropped { get; private set; }

    /// <summary>Ends the recording.</summary>
    /// <returns>The operators in the order in which they ended.</returns>
    /// <exception cref="ObjectDisposedException">It has ended already.</exception>
    public IReadOnlyList<TraceEvent> Stop()
    {
        ObjectDisposedException.ThrowIf(!isOpen, this);
        isOpen = false;
        NativeStatus.Check(NativeMethods.ProfilerStop(out var count, out var dropped));
        Dropped = dropped;
        var events = new List<TraceEvent>((int)count);
        for (var k = 0L; k < count; k++)
        {
            NativeStatus.Check(NativeMethods.ProfilerEvent(
                k, out var name, out var shapes, out var start, out var duration, out var thread));
            events.Add(new TraceEvent(Word(name), Category, start, duration, thread, Word(shapes)));
        }

        words.Clear();
        NativeStatus.Check(NativeMethods.ProfilerClear());
        return events;
    }

    /// <summary>Ends the recording and drops it, unless <see cref="Stop"/> was called.</summary>
    public void Dispose()
    {
        if (!isOpen) return;
        isOpen = false;
        _ = NativeMethods.ProfilerStop(out _, out _);
        _ = NativeMethods.ProfilerClear();
    }

    /// <summary>The native side keeps each word once, so its address stands for it.</summary>
    private string Word(byte* text)
    {
        if (words.TryGetValue((nint)text, out var known)) return known;
        return words[(nint)text] = NativeText.Read(text);
    }
}
