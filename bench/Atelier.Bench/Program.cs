using System.Globalization;
using Atelier.Bench;
using Atelier.Training.Benchmarks;

switch (args)
{
    case ["call-overhead"]:
        Console.WriteLine((CallBenchmark.Run(200_000, 7).CsharpNs / 1000)
            .ToString("F3", CultureInfo.InvariantCulture));
        return 0;
    case ["monitor-cost", var data, var recipe, .. var set]:
        MonitorCost.Print(data, recipe, set);
        return 0;
    case ["sentinel", var data, var recipe, var scratch, .. var set]:
        return SentinelTrial.Run(data, recipe, scratch, set);
    case ["operators"]:
        FusedOperatorSpeed.Print();
        return 0;
    case ["parts"]:
        StepPartSpeed.Print();
        return 0;
    case ["features", var batches]:
        FeatureSpeed.Print(int.Parse(batches, CultureInfo.InvariantCulture));
        return 0;
    case ["prdc", var count, var dimension]:
        NeighbourhoodCost.Print(
            long.Parse(count, CultureInfo.InvariantCulture),
            long.Parse(dimension, CultureInfo.InvariantCulture), every: 8);
        return 0;
    default:
        await Console.Error.WriteLineAsync(
            """
            usage: Atelier.Bench call-overhead
                   Atelier.Bench features BATCHES
                   Atelier.Bench operators
                   Atelier.Bench parts
                   Atelier.Bench monitor-cost DATA.atl RECIPE.yaml [KEY=VALUE...]
                   Atelier.Bench sentinel DATA.atl RECIPE.yaml SCRATCH [KEY=VALUE...]
                   Atelier.Bench prdc N D
            """).ConfigureAwait(false);
        return 2;
}
