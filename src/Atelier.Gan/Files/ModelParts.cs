using Atelier.Torch;

namespace Atelier.Gan;

/// <summary>What a model file holds: a generator, and beside it what else is known of the model.</summary>
/// <param name="Generator">The generator to sample with; an averaged one where there is one.</param>
public sealed record ModelParts(GeneratorNetwork Generator)
{
    /// <summary>The generator as it was trained, where <see cref="Generator"/> is its average.</summary>
    public GeneratorNetwork? TrainedGenerator { get; init; }

    /// <summary>The discriminator, for scoring.</summary>
    public DiscriminatorNetwork? Discriminator { get; init; }

    /// <summary>
    /// For each running statistic of the generator, by its name, one row for each of evenly spaced
    /// truncations from 0 to 1: [sets, C].
    /// </summary>
    public IReadOnlyDictionary<string, Tensor> TruncationSets { get; init; } =
        new Dictionary<string, Tensor>();

    /// <summary>The tensors by their names in the file.</summary>
    internal IReadOnlyList<(string Name, Tensor Tensor)> Tensors() =>
    [
        .. State(ModelPart.Generator, Generator),
        .. State(ModelPart.TrainedGenerator, TrainedGenerator),
        .. State(ModelPart.Discriminator, Discriminator),
        .. TruncationSets.Select(static s => (ModelPart.TruncationSets + s.Key, s.Value)),
    ];

    private static IEnumerable<(string Name, Tensor Tensor)> State(string prefix, Nn.Module? network) =>
        network is null ? [] : network.State().Select(s => (prefix + s.Name, s.Tensor));
}
