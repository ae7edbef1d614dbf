namespace Atelier.Data;

/// <summary>What a check of a dataset found.</summary>
/// <param name="Path">What was checked.</param>
/// <param name="Count">Its images, bad ones included.</param>
/// <param name="Findings">What was looked at, in order.</param>
/// <param name="Offenders">What cannot be used, each with its reason.</param>
/// <param name="Duplicates">Groups of equal images, then groups that look alike.</param>
/// <param name="Constant">Images that show nothing.</param>
public sealed record DatasetCheckReport(
    string Path, int Count, IReadOnlyList<Finding> Findings, IReadOnlyList<Offender> Offenders,
    IReadOnlyList<DuplicateGroup> Duplicates, IReadOnlyList<ImagePlace> Constant)
{
    /// <summary>True when nothing is bad; warnings may be there.</summary>
    public bool Passed => Findings.All(finding => finding.Severity != FindingSeverity.Bad);
}
