using System.Diagnostics;
using Atelier.Torch;

namespace Atelier.Bench;

/// <summary>Times pieces of work in turn, so that a busy moment falls on all of them.</summary>
internal static class Turns
{
    /// <summary>Median milliseconds of each piece, after one turn to warm up.</summary>
    public static double[] Milliseconds(int rounds, params Action[] pieces)
    {
        var taken = Array.ConvertAll(pieces, static _ => new List<double>());
        for (var round = 0; round <= rounds; round++)
            for (var k = 0; k < pieces.Length; k++)
            {
                var started = Stopwatch.GetTimestamp();
                pieces[k]();
                if (round > 0) taken[k].Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }

        return Array.ConvertAll(taken, static times => times.Order().ElementAt(times.Count / 2));
    }

    /// <summary>The same work by the definitions of the fused operators.</summary>
    public static Action ByDefinition(Action work) => () =>
    {
        using var definitions = new DefinitionScope();
        work();
    };
}
