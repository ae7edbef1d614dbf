using System.Text.Json.Serialization;
using Atelier.Training.Progress;

namespace Atelier.Training.Telemetry;

/// <summary>
/// Source-generated JSON of <c>stats.jsonl</c> and <c>metrics.jsonl</c>: one object a line, snake_case keys.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TickStats))]
[JsonSerializable(typeof(MetricScored))]
public sealed partial class TelemetryJson : JsonSerializerContext;
