using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Atelier.Data;

namespace Atelier.Bench;

/// <summary>
/// How many packed images a second the loader feeds, beside the floor: the same bytes copied in one piece by
/// memcpy, measured in turns in the same run.
/// </summary>
internal static class DataThroughput
{
    private const int BatchSize = 64;
    private const int Rounds = 7;
    private const int Batches = 2000;

    /// <summary>Measures and prints; 0.</summary>
    public static int Run(string path, bool json)
    {
        using var dataset = PackedDataset.Open(path);
        var floors = new List<double>();
        var ways = new (string Name, LoaderOptions Options, List<double> Rates)[]
        {
            ("shuffled", Options(), []),
            ("shuffled, flips", Options() with { HorizontalFlip = true }, []),
            ("windows of 10000", Options() with { ShuffleWindow = 10_000 }, []),
            ("two readers", Options() with { Readers = 2 }, []),
        };
        for (var round = 0; round <= Rounds; round++)
        {
            var floor = Floor(dataset.ImageBytes);
            var rates = ways.Select(way => Load(dataset, way.Options)).ToList();
            // The first round compiles and brings the file into memory.
            if (round == 0) continue;
            floors.Add(floor);
            for (var i = 0; i < ways.Length; i++) ways[i].Rates.Add(rates[i]);
        }

        Print(path, dataset, Median(floors), [.. ways.Select(way => (way.Name, Median(way.Rates)))], json);
        return 0;
    }

    private static LoaderOptions Options() => new() { BatchSize = BatchSize, Cursor = new DataCursor(3) };

    private static double Load(PackedDataset dataset, LoaderOptions options)
    {
        using var loader = new BatchLoader(dataset.Split(dataset.Splits[0].Name), options);
        loader.Next().Dispose();
        var watch = Stopwatch.StartNew();
        for (var step = 0; step < Batches; step++) loader.Next().Dispose();
        return Batches * BatchSize / watch.Elapsed.TotalSeconds;
    }

    private static double Floor(int imageBytes)
    {
        var source = GC.AllocateUninitializedArray<byte>(BatchSize * imageBytes * 32);
        var target = GC.AllocateUninitializedArray<byte>(BatchSize * imageBytes);
        source.AsSpan().Fill(1);
        var watch = Stopwatch.StartNew();
        for (var step = 0; step < Batches; step++)
            source.AsSpan(step % 32 * target.Length, target.Length).CopyTo(target);
        return Batches * BatchSize / watch.Elapsed.TotalSeconds;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static void Print(string path, PackedDataset dataset, double floor,
        List<(string Name, double Rate)> ways, bool json)
    {
        if (json)
        {
            using var output = new Utf8JsonWriter(Console.OpenStandardOutput());
            output.WriteStartObject();
            output.WriteString("data", Path.GetFileName(path));
            output.WriteNumber("shards", dataset.Shards);
            output.WriteNumber("imageBytes", dataset.ImageBytes);
            output.WriteNumber("batchSize", BatchSize);
            output.WriteNumber("memcpyImagesPerSecond", Math.Round(floor));
            output.WriteStartArray("loader");
            foreach (var (name, rate) in ways)
            {
                output.WriteStartObject();
                output.WriteString("way", name);
                output.WriteNumber("imagesPerSecond", Math.Round(rate));
                output.WriteNumber("ofMemcpy", Math.Round(rate / floor, 4));
                output.WriteEndObject();
            }

            output.WriteEndArray();
            output.WriteEndObject();
            output.Flush();
            Console.WriteLine();
            return;
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{Path.GetFileName(path)}, {dataset.Shards} file(s), {dataset.ImageBytes} bytes an image, "
            + $"batches of {BatchSize}; medians of {Rounds}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{"memcpy",-20} {floor,12:n0} images/s"));
        foreach (var (name, rate) in ways)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{name,-20} {rate,12:n0} images/s, {100 * rate / floor:0} % of memcpy"));
    }
}
