using System.Text.Json.Serialization;

namespace Atelier.Training.RunDirectory;

/// <summary>Source-generated JSON of the small files of a run directory.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true, NewLine = "\n", PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(RunLockOwner))]
[JsonSerializable(typeof(RunEnvironment))]
internal sealed partial class RunJson : JsonSerializerContext;
