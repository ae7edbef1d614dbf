using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Atelier.Torch;

namespace Atelier.Gan;

/// <summary>A family whose options are a record of their own.</summary>
/// <typeparam name="TOptions">The record.</typeparam>
public abstract class GanFamily<TOptions> : IGanFamily
    where TOptions : ArchitectureOptions, new()
{
    private readonly JsonTypeInfo<TOptions> type;

    private protected GanFamily(string name, JsonTypeInfo<TOptions> type)
    {
        Name = name;
        this.type = type;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string OptionsJson(ArchitectureRequest request) =>
        JsonSerializer.Serialize(request.Fill(OptionsOf(request)), type);

    /// <inheritdoc/>
    public GeneratorNetwork CreateGenerator(string optionsJson, Generator random) =>
        NewGenerator(OptionsText.Parse(Name, optionsJson, type), random);

    /// <inheritdoc/>
    public DiscriminatorNetwork CreateDiscriminator(string optionsJson, Generator random) =>
        NewDiscriminator(OptionsText.Parse(Name, optionsJson, type), random);

    /// <summary>
    /// This family's own options of a request; what all families take from it is filled in afterwards.
    /// </summary>
    /// <exception cref="AtelierException">It asks for what the family has not.</exception>
    private protected abstract TOptions OptionsOf(ArchitectureRequest request);

    private protected abstract GeneratorNetwork NewGenerator(TOptions options, Generator random);

    private protected abstract DiscriminatorNetwork NewDiscriminator(TOptions options, Generator random);
}
