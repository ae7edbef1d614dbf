using Atelier.Torch;
using Atelier.Torch.Safetensors;

namespace Atelier.Gan;

/// <summary>Tensors that a user feeds into a network from a safetensors file.</summary>
internal static class RawInputs
{
    /// <summary>Reads one tensor of an element type and a rank.</summary>
    /// <param name="file">The file.</param>
    /// <param name="name">Its name.</param>
    /// <param name="dtype">Its element type.</param>
    /// <param name="rank">Its number of dimensions.</param>
    /// <param name="expected">What the whole file should hold, for the sentence.</param>
    /// <exception cref="AtelierException">It is missing, or another (Usage).</exception>
    public static Tensor Read(SafetensorsFile file, string name, DType dtype, int rank, string expected)
    {
        if (!file.Contains(name))
            throw new AtelierException(
                FailureKind.Usage, $"'{file.Path}' has no tensor '{name}'; expected {expected}.");
        var tensor = file.Read(name);
        return tensor.DType == dtype && tensor.Rank == rank
            ? tensor
            : throw new AtelierException(
                FailureKind.Usage,
                $"'{name}' of '{file.Path}' is {tensor}; expected {dtype} with {rank} dimension(s).");
    }
}
