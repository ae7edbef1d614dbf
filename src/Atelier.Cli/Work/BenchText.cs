using System.Globalization;
using Atelier.Cli.Application;
using Atelier.Cli.Output;
using Atelier.Training.Benchmarks;

namespace Atelier.Cli.Work;

/// <summary>Numbers of the benchmarks for people.</summary>
internal static class BenchText
{
    /// <summary>A text in which numbers have points, whatever the locale.</summary>
    public static string Of(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>Several such texts with nothing between.</summary>
    public static string Of(params FormattableString[] texts) => string.Concat(texts.Select(Of));

    /// <summary>A rate with three digits that count, or all before the point.</summary>
    public static string Rate(double perSecond) => perSecond switch
    {
        >= 100 => Of($"{perSecond:n0}"),
        >= 10 => Of($"{perSecond:0.0}"),
        _ => Of($"{perSecond:0.00}"),
    };

    /// <summary>Says where the peak of memory is not that of the measured work alone.</summary>
    public static void WarnOfPeak(CliServices services)
    {
        if (!PeakMemory.Reset())
            services.Output.Warn(
                "this system does not let a process forget its peak of memory: the peak is that of the "
                + "whole process");
    }

    /// <summary>Writes a table.</summary>
    public static void Table(
        IOutput output, IReadOnlyList<string> heading, IEnumerable<IReadOnlyList<string>> rows)
    {
        foreach (var line in TextTable.Lines(heading, rows)) output.Result("  " + line);
    }
}
