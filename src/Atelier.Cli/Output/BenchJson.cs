using System.Text.Json;
using System.Text.Json.Serialization;
using Atelier.Cli.Work;
using Atelier.Training.Benchmarks;

namespace Atelier.Cli.Output;

/// <summary>
/// The JSON documents of the benchmarks, in snake case, their code made at build time; docs/performance.md
/// says what the keys mean.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    WriteIndented = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(BenchStepReport))]
[JsonSerializable(typeof(CallBenchmarkResult))]
[JsonSerializable(typeof(BenchSampleReport))]
[JsonSerializable(typeof(BenchDataReport))]
[JsonSerializable(typeof(BenchEvalReport))]
internal sealed partial class BenchJson : JsonSerializerContext;
