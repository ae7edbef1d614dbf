using System.Text.Json.Serialization;

namespace Atelier.Training.Ablation;

/// <summary>The results in an ablation's folder as JSON, without reflection.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true, NewLine = "\n", PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(AblationCell))]
internal sealed partial class AblationJson : JsonSerializerContext;
