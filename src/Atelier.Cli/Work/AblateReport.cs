namespace Atelier.Cli.Work;

/// <summary>The JSON document of <c>atelier ablate</c>.</summary>
/// <param name="Folder">The folder of the runs and the tables.</param>
/// <param name="Recipe">The recipe that the baseline was made from.</param>
/// <param name="Steps">Steps of each run.</param>
/// <param name="Count">Images of each score.</param>
/// <param name="OneAtATime">Whether each change stands alone over the baseline.</param>
/// <param name="IsComplete">False when a signal stopped it; the same command goes on.</param>
/// <param name="FidProtocol">The protocol of every FID.</param>
/// <param name="IsProtocol">The protocol of every Inception Score.</param>
/// <param name="Rows">The rows in order.</param>
internal sealed record AblateReport(
    string Folder, string Recipe, long Steps, int Count, bool OneAtATime, bool IsComplete,
    string? FidProtocol, string? IsProtocol, IReadOnlyList<AblateReportRow> Rows);

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

/// <summary>The JSON document of <c>atelier ablate --dry-run</c>.</summary>
/// <param name="Recipe">The recipe that the baseline is made from.</param>
/// <param name="Steps">Steps of each run.</param>
/// <param name="Seeds">Runs of each row.</param>
/// <param name="Rows">Seconds a step of each row.</param>
/// <param name="TrainingMinutes">All training together; scores come on top.</param>
internal sealed record AblatePlanReport(
    string Recipe, long Steps, int Seeds, IReadOnlyList<AblatePlanRow> Rows, double TrainingMinutes);

/// <summary>What a row costs.</summary>
/// <param name="Name">"baseline", or what is changed.</param>
/// <param name="GeneratorParameters">Weights of the generator.</param>
/// <param name="DiscriminatorParameters">Weights of the discriminator.</param>
/// <param name="SecondsPerStep">One step.</param>
internal sealed record AblatePlanRow(
    string Name, long GeneratorParameters, long DiscriminatorParameters, double SecondsPerStep);
