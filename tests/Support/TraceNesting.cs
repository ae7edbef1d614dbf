using Atelier.Torch;

namespace Atelier.Tests;

/// <summary>Asserts on recorded events.</summary>
internal static class TraceNesting
{
    /// <summary>On every thread an event lies wholly inside another one or apart from it.</summary>
    public static void AssertNested(IEnumerable<TraceEvent> events)
    {
        foreach (var thread in events.GroupBy(static e => e.Thread))
        {
            var open = new Stack<TraceEvent>();
            foreach (var one in thread.OrderBy(static e => e.Start).ThenByDescending(static e => e.Duration))
            {
                Assert.True(one.Duration >= 0, $"{one} has a negative duration");
                while (open.Count > 0 && End(open.Peek()) <= one.Start) open.Pop();
                if (open.Count > 0)
                    Assert.True(End(one) <= End(open.Peek()), $"{one} ends after {open.Peek()}");
                open.Push(one);
            }
        }
    }

    private static long End(TraceEvent one) => one.Start + one.Duration;
}
