namespace Atelier.Gan;

/// <summary>How BatchNorm statistics are gathered for sampling (BigGAN paper, section 4).</summary>
/// <param name="Batches">Forward passes; 100 in the paper.</param>
/// <param name="BatchSize">Images a pass.</param>
public sealed record StandingStatisticsOptions(int Batches = 16, int BatchSize = 64);
