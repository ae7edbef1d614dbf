using System.Text.Json.Serialization;

namespace Atelier.Gan;

/// <summary>The JSON inside a model file's card.</summary>
[JsonSerializable(typeof(IReadOnlyList<string>))]
internal sealed partial class ModelJson : JsonSerializerContext;
