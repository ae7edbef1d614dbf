using Atelier.Nn;
using Atelier.Torch;

namespace Atelier.Gan;

/// <summary>The regularised weights of a network with their leading singular vectors.</summary>
public sealed class FollowedWeights : IDisposable
{
    private const ulong Seed = 0x51D6_0A11;
    private readonly List<(string Name, Tensor Weight, LeadingSingularVectors Vectors)> weights;

    /// <summary>Begins to follow a network's weights.</summary>
    public FollowedWeights(Module network)
    {
        using var random = new Generator(Device.Cpu, Seed);
        weights =
        [
            .. network.RegularisedWeights()
                .Select(w => (w.Name, w.Tensor, new LeadingSingularVectors(w.Tensor, random))),
        ];
    }

    /// <summary>Each weight and what follows it.</summary>
    public IEnumerable<(Tensor Weight, LeadingSingularVectors Vectors)> All =>
        weights.Select(static w => (w.Weight, w.Vectors));

    /// <summary>What a checkpoint has to keep, named after the weights.</summary>
    public IReadOnlyList<NamedTensor> State() =>
        [.. weights.Select(static w => new NamedTensor("left." + w.Name, w.Vectors.State))];

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (_, _, vectors) in weights) vectors.Dispose();
    }
}
