using System.Text.Json;
using Atelier.Torch;

namespace Atelier.Gan.BigGan;

/// <summary>BigGAN by name.</summary>
public sealed class BigGanFamily : IGanFamily
{
    /// <inheritdoc/>
    public string Name => "biggan";

    /// <summary>The form in which options are kept in model files.</summary>
    public static string ToJson(BigGanOptions options) =>
        JsonSerializer.Serialize(options, BigGanJson.Default.BigGanOptions);

    /// <inheritdoc/>
    public GeneratorNetwork CreateGenerator(string optionsJson, Generator random) =>
        new BigGanGenerator(Parse(optionsJson), random);

    /// <inheritdoc/>
    public DiscriminatorNetwork CreateDiscriminator(string optionsJson, Generator random) =>
        new BigGanDiscriminator(Parse(optionsJson), random);

    private static BigGanOptions Parse(string json)
    {
        try
        {
            var options = JsonSerializer.Deserialize(json, BigGanJson.Default.BigGanOptions);
            if (options is not null) return options.Checked();
        }
        catch (JsonException error)
        {
            throw Unreadable(error.Message);
        }

        throw Unreadable("it is null");
    }

    private static AtelierException Unreadable(string why) => new(
        FailureKind.Checkpoint,
        $"The stored BigGAN options cannot be read ({why}). The file was made by another version, or " +
        "damaged.");
}
