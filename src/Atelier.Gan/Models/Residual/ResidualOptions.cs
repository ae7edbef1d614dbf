namespace Atelier.Gan.Residual;

/// <summary>
/// The choices among which SN-GAN, SAGAN and BigGAN differ; their residual networks are otherwise the same.
/// </summary>
public abstract record ResidualOptions : ArchitectureOptions
{
    /// <summary>
    /// One class embedding for all BatchNorms, projected linearly, instead of a table in each.
    /// </summary>
    public bool HasSharedEmbedding { get; init; }

    /// <summary>Skip-z: z is cut into equal chunks, one for the first layer and one for each block.</summary>
    public bool HasHierarchicalLatent { get; init; }

    /// <summary>
    /// Whether D's blocks widen in their first convolution, as in SAGAN and BigGAN, or in their second, as
    /// in SN-GAN (where D's first block still widens at once).
    /// </summary>
    public bool HasWideDiscriminator { get; init; } = true;

    /// <summary>
    /// Whether class tables in BatchNorms start without effect (gain 1, bias 0), as in SN-GAN and SAGAN, or
    /// are drawn like other weights, as in BigGAN-PyTorch.
    /// </summary>
    public bool HasNeutralClassTables { get; init; }

    /// <summary>
    /// Whether without <see cref="HasWideDiscriminator"/> D's first block too widens in its second
    /// convolution, as in BigGAN-PyTorch.
    /// </summary>
    public bool HasThinFirstBlock { get; init; }

    /// <summary>
    /// Whether D's skips start from the rectified input: StudioGAN's ReLU works in place and so reaches them.
    /// </summary>
    public bool HasRectifiedSkips { get; init; }

    /// <summary>
    /// Blocks of D, from 0, that are followed by self-attention; null for those of
    /// <see cref="ArchitectureOptions.DiscriminatorAttentionResolutions"/>. Several blocks may work at one
    /// resolution, and BigGAN-PyTorch's table of them is not always that of the blocks.
    /// </summary>
    public IReadOnlyList<int>? DiscriminatorAttentionBlocks { get; init; }
}
