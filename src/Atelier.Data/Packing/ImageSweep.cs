using System.Runtime.ExceptionServices;
using Atelier.Data.Decoding;

namespace Atelier.Data;

/// <summary>
/// Runs over images in parallel and gathers those that are bad, in the order of the source.
/// </summary>
internal sealed class ImageSweep(ImageSource source, int threads, CancellationToken cancel)
{
    private readonly SortedDictionary<int, string> bad = [];

    public int BadCount
    {
        get
        {
            lock (bad)
                return bad.Count;
        }
    }

    public bool IsBad(int index)
    {
        lock (bad)
            return bad.ContainsKey(index);
    }

    public IEnumerable<Offender> Offenders
        => bad.Select(pair => new Offender(source.NameOf(pair.Key), pair.Value));

    /// <summary>The bad images among a range, in order.</summary>
    public KeyValuePair<int, string>[] Bad(int start, int count)
    {
        lock (bad)
            return [.. bad.Where(pair => pair.Key >= start && pair.Key < start + count)];
    }

    public void MarkBad(int index, string reason)
    {
        lock (bad)
            bad[index] = reason;
    }

    /// <summary>
    /// Calls <paramref name="visit"/> for each index of a range; a bad image is noted and the others go on.
    /// </summary>
    public void Run(int start, int count, Action<int> visit)
    {
        try
        {
            var options = new ParallelOptions { MaxDegreeOfParallelism = threads,
                CancellationToken = cancel };
            Parallel.For(start, start + count, options, index =>
            {
                try
                {
                    visit(index);
                }
                catch (BadImageException exception)
                {
                    MarkBad(index, exception.Message);
                }
            });
        }
        catch (AggregateException exception) when (exception.InnerExceptions.Count > 0)
        {
            // Every thread meets a missing decoder; one report of it is enough.
            ExceptionDispatchInfo.Throw(exception.InnerExceptions[0]);
        }
    }
}
