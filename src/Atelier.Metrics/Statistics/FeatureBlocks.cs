using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>
/// Two sets of features met block by block: what is in memory is two blocks and their products, however many
/// samples there are.
/// </summary>
internal static class FeatureBlocks
{
    /// <summary>Samples of a block: 2048 x 2048 float64 products are 32 MiB.</summary>
    public const int Rows = 2048;

    /// <summary>The first sample and the length of each block.</summary>
    public static IEnumerable<(long Start, long Count)> Of(Tensor features)
    {
        var total = features.Size(0);
        for (var start = 0L; start < total; start += Rows)
            yield return (start, Math.Min(Rows, total - start));
    }

    /// <summary>Room for one block, [<see cref="Rows"/>, D] float32, not set.</summary>
    public static Tensor Room(long dimension) => Tensor.Empty([Rows, dimension]);

    /// <summary>One block in float64, [B, D].</summary>
    public static Tensor Load(Tensor features, (long Start, long Count) block) =>
        features.Narrow(0, block.Start, block.Count).To(DType.Float64);

    /// <summary>The features as float32 in one piece on the host; themselves where they are so.</summary>
    public static Tensor OnHost(Tensor features) => features.To(Device.Cpu, DType.Float32).Contiguous();

    /// <summary>Fails unless both are [N, D] with one D.</summary>
    /// <exception cref="AtelierException">They are not (Dataset).</exception>
    public static void CheckPair(Tensor real, Tensor fake)
    {
        if (real.Rank == 2 && fake.Rank == 2 && real.Size(1) == fake.Size(1)) return;
        throw new AtelierException(
            FailureKind.Dataset,
            $"The real features are [{string.Join(", ", real.Shape)}] and the generated ones "
            + $"[{string.Join(", ", fake.Shape)}]; both must be [N, D] with the same D, that is from one "
            + "backbone.");
    }
}
