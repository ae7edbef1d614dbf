using System.Globalization;
using Atelier.Bench;

switch (args)
{
    case ["call-overhead"]:
        Console.WriteLine(CallOverhead.MedianMicroseconds().ToString("F3", CultureInfo.InvariantCulture));
        return 0;
    case ["monitor-cost", var data, var recipe, .. var set]:
        MonitorCost.Print(data, recipe, set);
        return 0;
    case ["sentinel", var data, var recipe, var scratch, .. var set]:
        return SentinelTrial.Run(data, recipe, scratch, set);
    case ["pack", var folder, var side, var threads]:
        PackSpeed.Print(folder, int.Parse(side, CultureInfo.InvariantCulture),
            int.Parse(threads, CultureInfo.InvariantCulture));
        return 0;
    case ["data", var data, .. var flags]:
        return DataThroughput.Run(data, flags.Contains("--json"));
    case ["operators"]:
        FusedOperatorSpeed.Print();
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
                   Atelier.Bench monitor-cost DATA.atl RECIPE.yaml [KEY=VALUE...]
                   Atelier.Bench sentinel DATA.atl RECIPE.yaml SCRATCH [KEY=VALUE...]
                   Atelier.Bench pack FOLDER SIDE THREADS
                   Atelier.Bench data DATA.atl [--json]
                   Atelier.Bench prdc N D
            """).ConfigureAwait(false);
        return 2;
}
