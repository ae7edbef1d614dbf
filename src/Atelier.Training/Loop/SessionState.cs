using System.Text.Json.Serialization;
using Atelier.Data;

namespace Atelier.Training.Loop;

/// <summary>What a checkpoint keeps besides tensors: <c>state.json</c>.</summary>
public sealed record SessionState
{
    /// <summary>Form of this file.</summary>
    public required int Version { get; init; }

    /// <summary>Steps finished.</summary>
    public required long Step { get; init; }

    /// <summary>Where the next batch begins.</summary>
    public required DataCursor Cursor { get; init; }

    /// <summary>State of the latents' random numbers, base64.</summary>
    public required string Random { get; init; }

    /// <summary>Steps of G's Adam.</summary>
    public required long GeneratorUpdates { get; init; }

    /// <summary>Steps of D's Adam.</summary>
    public required long DiscriminatorUpdates { get; init; }

    /// <summary>Content hash of the training images.</summary>
    public required string DatasetHash { get; init; }

    /// <summary>Number format of the heavy operators.</summary>
    public required string Precision { get; init; }

    /// <summary>Factor on G's learning rate after rollbacks; null, in a file without it, is 1.</summary>
    public double? GeneratorRateFactor { get; init; }

    /// <summary>Of G's scaled losses; null where nothing runs in float16.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ScalerState? GeneratorScaler { get; init; }

    /// <summary>Of D's scaled losses; null where nothing runs in float16.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ScalerState? DiscriminatorScaler { get; init; }

    /// <summary>Threads that the operators ran on: another number sums in another order.</summary>
    public required int Threads { get; init; }
}

/// <summary>The JSON of <see cref="SessionState"/>.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(SessionState))]
internal sealed partial class SessionJson : JsonSerializerContext;
