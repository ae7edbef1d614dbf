using System.Text.Json;
using System.Text.Json.Serialization;

namespace Atelier.Metrics;

/// <summary>Metric results as JSON, without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(MetricResult))]
[JsonSerializable(typeof(IReadOnlyList<MetricResult>))]
public sealed partial class MetricJson : JsonSerializerContext
{
    /// <summary>One result as one line of JSON.</summary>
    public static string Write(MetricResult result) => JsonSerializer.Serialize(result, Default.MetricResult);

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="AtelierException">It is not a metric result (Usage).</exception>
    public static MetricResult Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, Default.MetricResult)
                ?? throw new AtelierException(
                    FailureKind.Usage, "A metric result was expected, and null was found.");
        }
        catch (JsonException error)
        {
            throw new AtelierException(
                FailureKind.Usage, $"This is no metric result of Atelier: {error.Message}", error);
        }
    }
}
