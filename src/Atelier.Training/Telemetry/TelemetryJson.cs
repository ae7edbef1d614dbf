using System.Text.Json.Serialization;
using Atelier.Training.Progress;
using Atelier.Training.RunDirectory;

namespace Atelier.Training.Telemetry;

/// <summary>
/// Source-generated JSON of <c>stats.jsonl</c>, <c>metrics.jsonl</c> and <c>interventions.jsonl</c>: one
/// object a line, snake_case keys.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TickStats))]
[JsonSerializable(typeof(MetricScored))]
[JsonSerializable(typeof(Intervention))]
public sealed partial class TelemetryJson : JsonSerializerContext;
