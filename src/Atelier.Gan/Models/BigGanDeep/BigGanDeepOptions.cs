namespace Atelier.Gan.BigGanDeep;

/// <summary>
/// Everything that fixes the structure of a BigGAN-deep. In the paper ch is 128, z and the class embedding
/// have 128 numbers each, and attention is at 64 px.
/// </summary>
public sealed record BigGanDeepOptions : ArchitectureOptions
{
    /// <summary>Blocks at each resolution; 2 in the paper.</summary>
    public int BlocksPerStage { get; init; } = 2;

    /// <summary>The same for D, where it differs; null for <see cref="BlocksPerStage"/>.</summary>
    public int? DiscriminatorBlocksPerStage { get; init; }

    /// <summary>
    /// Whether G's last convolution makes ch channels, of which the first ones are the image, as in the
    /// published TF Hub generators; false for the image's channels alone, as in the paper's tables.
    /// </summary>
    public bool HasFullWidthOutput { get; init; }

    /// <inheritdoc/>
    public override void Check()
    {
        base.Check();
        Require(BlocksPerStage is >= 1 and <= 16, "blocks_per_stage", BlocksPerStage, "1 to 16");
        Require(
            DiscriminatorBlocksPerStage is null or (>= 1 and <= 16), "discriminator_blocks_per_stage",
            DiscriminatorBlocksPerStage ?? 0, "1 to 16");
    }
}
