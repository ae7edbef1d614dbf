namespace Atelier.Training.Ablation;

/// <summary>One row of the finished table.</summary>
/// <param name="Variant">What was run.</param>
/// <param name="Cells">Its runs so far.</param>
/// <param name="Fid">FID over the seeds.</param>
/// <param name="Score">Inception Score over the seeds.</param>
/// <param name="FidVerdict">FID against the paper's direction.</param>
/// <param name="ScoreVerdict">Inception Score against the paper's direction.</param>
public sealed record AblationRow(
    AblationVariant Variant, IReadOnlyList<AblationCell> Cells, Spread Fid, Spread Score,
    AblationVerdict FidVerdict, AblationVerdict ScoreVerdict)
{
    /// <summary>The table of what has been run so far.</summary>
    public static IReadOnlyList<AblationRow> Table(
        IReadOnlyList<AblationVariant> variants, IReadOnlyCollection<AblationCell> cells)
    {
        var rows = new List<AblationRow>();
        foreach (var variant in variants)
        {
            List<AblationCell> own =
                [.. cells.Where(c => c.Variant == variant.Name).OrderBy(static c => c.Seed)];
            var fid = Spread.Of(own.Select(static c => c.Fid).OfType<double>());
            var score = Spread.Of(own.Select(static c => c.Score).OfType<double>());
            var before = rows.FirstOrDefault(r => r.Variant.Name == variant.ComparedWith);
            var paper = variant.Change?.Paper;
            rows.Add(new AblationRow(
                variant, own, fid, score,
                before is null || paper is null ? AblationVerdict.Unknown
                    : fid.Against(before.Fid, paper.FidAfter - paper.FidBefore),
                before is null || paper is null ? AblationVerdict.Unknown
                    : score.Against(before.Score, paper.ScoreAfter - paper.ScoreBefore)));
        }

        return rows;
    }
}
