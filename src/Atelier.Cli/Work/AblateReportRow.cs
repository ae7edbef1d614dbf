namespace Atelier.Cli.Work;

/// <summary>One row.</summary>
/// <param name="Name">"baseline", or what was changed.</param>
/// <param name="ComparedWith">The row before the change; left out for the baseline.</param>
/// <param name="Batch">Images of a batch.</param>
/// <param name="Channels">The channel unit.</param>
/// <param name="Shared">The shared class embedding.</param>
/// <param name="SkipZ">The hierarchical latent.</param>
/// <param name="Ortho">The strength of orthogonal regularisation in the generator.</param>
/// <param name="GeneratorParameters">Weights of the generator; left out before its first run.</param>
/// <param name="Seeds">Runs with a score.</param>
/// <param name="Failed">Runs that ended in NaN or infinity.</param>
/// <param name="Fid">Mean FID.</param>
/// <param name="FidDeviation">Its standard deviation over seeds.</param>
/// <param name="Is">Mean Inception Score.</param>
/// <param name="IsDeviation">Its standard deviation over seeds.</param>
/// <param name="FidVerdict">FID against the paper's direction.</param>
/// <param name="IsVerdict">Inception Score against the paper's direction.</param>
/// <param name="PaperFid">The paper's FID before and after the change.</param>
/// <param name="PaperIs">The paper's Inception Score before and after the change.</param>
internal sealed record AblateReportRow(
    string Name, string? ComparedWith, int Batch, int Channels, bool Shared, bool SkipZ, double Ortho,
    long? GeneratorParameters, int Seeds, int Failed, double? Fid, double? FidDeviation, double? Is,
    double? IsDeviation, string FidVerdict, string IsVerdict, IReadOnlyList<double>? PaperFid,
    IReadOnlyList<double>? PaperIs);
