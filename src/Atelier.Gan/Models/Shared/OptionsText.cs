using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Atelier.Gan;

/// <summary>
/// A family's options as JSON and back. What a file leaves out has the default value; what it has beyond is
/// an error, so that a file of another version is noticed.
/// </summary>
internal static class OptionsText
{
    // Until networks could differ in it, one list stood for both.
    private const string SharedAttention = "attention_resolutions";

    /// <summary>Reads and checks options.</summary>
    /// <exception cref="AtelierException">They cannot be read, or a value is outside its range.</exception>
    public static T Parse<T>(string family, string json, JsonTypeInfo<T> type)
        where T : ArchitectureOptions, new()
    {
        try
        {
            // Laid over the defaults: the generated reader would give what is left out its type's zero.
            var whole = JsonSerializer.SerializeToNode(new T(), type)!.AsObject();
            if (JsonNode.Parse(json) is not JsonObject given) throw Unreadable(family, "they are no object");
            foreach (var (name, value) in given)
            {
                if (name == SharedAttention)
                {
                    whole["generator_" + SharedAttention] = value?.DeepClone();
                    whole["discriminator_" + SharedAttention] = value?.DeepClone();
                }
                else
                {
                    whole[name] = value?.DeepClone();
                }
            }

            var options = whole.Deserialize(type)!;
            if (options.GeneratorAttentionResolutions is null ||
                options.DiscriminatorAttentionResolutions is null)
                throw Unreadable(family, "a list of attention resolutions is null");
            options.Check();
            return options;
        }
        catch (Exception error) when (error is JsonException or ArgumentException)
        {
            throw Unreadable(family, error.Message);
        }
    }

    private static AtelierException Unreadable(string family, string why) => new(
        FailureKind.Checkpoint,
        $"The stored options of a '{family}' model cannot be read ({why}). The file was made by another " +
        "version, or damaged.");
}
