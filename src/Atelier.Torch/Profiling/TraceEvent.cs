namespace Atelier.Torch;

/// <summary>Something that ran on one thread for a while.</summary>
/// <param name="Name">An operator such as <c>aten::conv2d</c>, or a phase.</param>
/// <param name="Category">What kind of thing it is.</param>
/// <param name="Start">Nanoseconds of the monotonic clock, which is
/// <see cref="System.Diagnostics.Stopwatch"/>'s.</param>
/// <param name="Duration">Nanoseconds, at least 0.</param>
/// <param name="Thread">The system's id of the thread.</param>
/// <param name="Shapes">Shapes of an operator's tensors, such as <c>[2,3] [3,4]</c>; empty where unknown.
/// </param>
public sealed record TraceEvent(
    string Name, string Category, long Start, long Duration, long Thread, string Shapes = "");
