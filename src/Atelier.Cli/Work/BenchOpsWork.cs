using Atelier.Cli.Application;
using Atelier.Cli.Output;
using Atelier.Training.Benchmarks;

namespace Atelier.Cli.Work;

/// <summary>The body of <c>atelier bench ops</c>.</summary>
internal sealed class BenchOpsWork(CliServices services)
{
    /// <summary>Measures, from the request to the exit code.</summary>
    public ExitCode Run(int calls, int rounds)
    {
        services.Signals.Listen();
        var result = CallBenchmark.Run(calls, rounds, services.Signals.Token);
        services.Output.Result(BenchText.Of(
            $"a 4x4 addition, ns of processor time a call; medians of {result.Rounds} rounds of ",
            $"{result.Calls:n0} calls, in turns"));
        BenchText.Table(
            services.Output, ["way", "ns", "C# over it"],
            [
                ["C#", BenchText.Of($"{result.CsharpNs:0}"), ""],
                ["C++", BenchText.Of($"{result.CppNs:0}"), BenchText.Of($"{result.Ratio:0.00}")],
                [
                    "C++, boxed", BenchText.Of($"{result.CppBoxedNs:0}"),
                    BenchText.Of($"{result.RatioBoxed:0.00}"),
                ],
            ]);
        services.Output.Document(result, BenchJson.Default.CallBenchmarkResult);
        return ExitCode.Ok;
    }
}
