using System.Text.Json;
using System.Text.Json.Nodes;
using Atelier.Nn;

namespace Atelier.Gan;

/// <summary>
/// Options for a network that is about to be overwritten: zero weights take no time, where orthogonal ones
/// take a decomposition a layer, and no memory until they are written.
/// </summary>
internal static class ZeroWeights
{
    /// <summary>The same options with weights that start at zero.</summary>
    public static string Of(string optionsJson)
    {
        try
        {
            if (JsonNode.Parse(optionsJson) is not JsonObject options) return optionsJson;
            options["initialization"] = nameof(WeightInitialization.Zero);
            return options.ToJsonString();
        }
        catch (Exception error) when (error is JsonException or ArgumentException)
        {
            // The family says what is wrong with them.
            return optionsJson;
        }
    }
}
