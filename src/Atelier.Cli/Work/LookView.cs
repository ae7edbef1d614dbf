using System.Diagnostics;
using Atelier.Cli.Output;
using Atelier.Data;

namespace Atelier.Cli.Work;

/// <summary>Shows on stderr how far reading a dataset is: a line every few seconds.</summary>
internal sealed class LookView(IOutput output, string verb) : IProgress<PackProgress>
{
    private const long LineEveryMilliseconds = 3000;
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private long lastLine;

    /// <inheritdoc/>
    public void Report(PackProgress value)
    {
        var now = watch.ElapsedMilliseconds;
        if (now - lastLine < LineEveryMilliseconds) return;
        lastLine = now;
        output.Progress($"{verb}, {value.Phase}: {value.Done} of {value.Total}");
    }
}
