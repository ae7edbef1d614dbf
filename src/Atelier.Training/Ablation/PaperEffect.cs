namespace Atelier.Training.Ablation;

/// <summary>What a change did in the BigGAN paper (arXiv:1809.11096, table 1, ImageNet at 128 px).</summary>
/// <param name="FidBefore">FID without it.</param>
/// <param name="FidAfter">FID with it.</param>
/// <param name="ScoreBefore">Inception Score without it.</param>
/// <param name="ScoreAfter">Inception Score with it.</param>
public sealed record PaperEffect(double FidBefore, double FidAfter, double ScoreBefore, double ScoreAfter);
