using Atelier.Torch;

namespace Atelier.Nn;

/// <summary>Which parameters of a network are weights, as regularisers and monitors mean the word.</summary>
public static class ModuleWeights
{
    /// <summary>
    /// The parameters with two or more dimensions, in order, with dotted names: matrices, kernels and tables,
    /// but no gains and biases, and none of a module that takes no part
    /// (<see cref="Module.HasRegularisedWeights"/>).
    /// </summary>
    public static IReadOnlyList<NamedTensor> RegularisedWeights(this Module network)
    {
        var spared = network.Modules()
            .Where(static m => !m.Module.HasRegularisedWeights)
            .Select(static m => m.Path + ".")
            .ToList();
        return
        [
            .. network.NamedParameters().Where(p => p.Tensor.Rank >= 2 && !spared.Contains(OwnerOf(p.Name))),
        ];
    }

    private static string OwnerOf(string parameter) => parameter[..(parameter.LastIndexOf('.') + 1)];
}
