using Atelier.Nn;
using Atelier.Torch;

namespace Atelier.Gan.Import;

/// <summary>What a foreign config asks for: an architecture here, and how names there become names
/// here.</summary>
internal sealed record ImportPlan
{
    /// <summary>The architecture.</summary>
    public required IGanFamily Family { get; init; }

    /// <summary>Its options.</summary>
    public required string OptionsJson { get; init; }

    /// <summary>The options of the config that decide over shapes, for sentences.</summary>
    public required string ConfigSays { get; init; }

    /// <summary>Where the weights come from, for the model's card.</summary>
    public required string Origin { get; init; }

    /// <summary>Names of the generator's tensors.</summary>
    public required NameMapping Generator { get; init; }

    /// <summary>Names of the discriminator's tensors, or why it cannot be imported.</summary>
    public NameMapping? Discriminator { get; init; }

    /// <summary>Why a discriminator cannot be imported, where it cannot.</summary>
    public string NoDiscriminator { get; init; } = "it has none";

    /// <summary>
    /// Running statistics by truncation out of the generator's checkpoint, owned by the caller; null where it
    /// has none.
    /// </summary>
    public Func<ForeignWeights, IReadOnlyDictionary<string, Tensor>>? TruncationSets { get; init; }

    /// <summary>What a user should know, in sentences.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>Builds the networks and fills them.</summary>
    /// <param name="generator">The generator's checkpoint.</param>
    /// <param name="average">The averaged generator's, or null.</param>
    /// <param name="discriminator">The discriminator's, or null.</param>
    public ImportedModel Read(string generator, string? average, string? discriminator)
    {
        if (discriminator is not null && Discriminator is null)
            throw new AtelierException(
                FailureKind.Checkpoint,
                $"The discriminator {discriminator} cannot be imported: {NoDiscriminator}. Leave it out; " +
                "the generator can be imported alone.");
        var model = new ImportedModel
        {
            Card = new ModelCard { Family = Family.Name, OptionsJson = OptionsJson, ClassNames = [],
                Recipe = Origin },
            ConfigSays = ConfigSays,
            Remarks = Remarks,
        };
        try
        {
            using var random = new Generator(Device.Cpu, 0);
            var (trained, step) = Fill(
                model, Family.CreateGenerator(ZeroWeights.Of(OptionsJson), random), "generator", generator,
                    Generator);
            var parts = new ModelParts(trained);
            if (average is not null)
            {
                var (averaged, _) = Fill(
                    model, Family.CreateGenerator(ZeroWeights.Of(OptionsJson), random), "ema", average,
                        Generator);
                parts = new ModelParts(averaged) { TrainedGenerator = trained };
            }

            if (discriminator is not null)
                parts = parts with
                {
                    Discriminator = Fill(
                        model, Family.CreateDiscriminator(ZeroWeights.Of(OptionsJson), random),
                            "discriminator", discriminator,
                        Discriminator!).Network,
                };
            if (TruncationSets is not null)
                parts = parts with { TruncationSets = Sets(model, generator) };
            model.Parts = parts;
            model.Card = model.Card with { ClassNames = ClassNumbers.Names(trained.ClassCount), Step = step };
            return model;
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    private static (T Network, long Step) Fill<T>(
        ImportedModel model, T network, string role, string path, NameMapping mapping)
        where T : Module
    {
        try
        {
            using var weights = new ForeignWeights(path);
            return (model.Add(network, NetworkLoader.Load(network, role, weights, mapping)), weights.Step);
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    private IReadOnlyDictionary<string, Tensor> Sets(ImportedModel model, string path)
    {
        // What does not fit is in the report already, and nothing will be written then.
        if (!model.Reports[0].IsClean) return new Dictionary<string, Tensor>();
        using var weights = new ForeignWeights(path);
        var sets = TruncationSets!(weights);
        foreach (var set in sets.Values) model.Own(set.DetachFromScope());
        return sets;
    }
}
