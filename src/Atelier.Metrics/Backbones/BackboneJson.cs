using System.Text.Json.Serialization;

namespace Atelier.Metrics;

/// <summary>JSON inside a backbone's header, without reflection.</summary>
[JsonSerializable(typeof(string[]))]
internal sealed partial class BackboneJson : JsonSerializerContext;
