using System.Text.Json;
using System.Text.Json.Serialization;
using Atelier.Training.RunDirectory;

namespace Atelier.Training.Monitors;

/// <summary>What a checkpoint keeps of the monitors besides tensors: <c>monitors.json</c>.</summary>
public sealed record MonitorState
{
    /// <summary>What the sentinel knows.</summary>
    public required SentinelState Sentinel { get; init; }

    /// <summary>Sum of D's losses since the last look.</summary>
    public required double LossSum { get; init; }

    /// <summary>Steps since the last look.</summary>
    public required int LossCount { get; init; }

    /// <summary>Rollbacks of this run, oldest first.</summary>
    public required IReadOnlyList<Intervention> Rollbacks { get; init; }
}

/// <summary>The JSON of <see cref="MonitorState"/>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(MonitorState))]
internal sealed partial class MonitorJson : JsonSerializerContext;
