using System.Text.Json.Serialization;

namespace Atelier.Gan.SnGan;

/// <summary>How SN-GAN's options are spelt in JSON; strict, as BigGAN's are.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UseStringEnumConverter = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(SnGanOptions))]
internal sealed partial class SnGanJson : JsonSerializerContext;
