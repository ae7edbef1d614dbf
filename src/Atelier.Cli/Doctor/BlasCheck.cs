namespace Atelier.Cli.Doctor;

/// <summary>
/// Which BLAS stands behind libblas.so.3: with the reference one, matrix products run 100 times slower.
/// </summary>
/// <param name="candidates">Paths at which libblas.so.3 may lie.</param>
internal sealed class BlasCheck(IReadOnlyList<string> candidates) : IDoctorCheck
{
    private static readonly string[] Fast = ["openblas", "mkl", "blis", "atlas"];

    /// <summary>The paths on Debian and its kin.</summary>
    public static IReadOnlyList<string> SystemPaths { get; } =
        ["/usr/lib/x86_64-linux-gnu/libblas.so.3", "/usr/lib64/libblas.so.3", "/usr/lib/libblas.so.3"];

    /// <inheritdoc/>
    public IEnumerable<CheckResult> Look()
    {
        const string Mend = "Run: sudo apt-get install -y --no-install-recommends libopenblas0-pthread";
        var link = candidates.FirstOrDefault(File.Exists);
        if (link is null)
        {
            yield return CheckResult.Warn("blas", "no libblas.so.3", Mend,
                [.. candidates.Select(path => $"{path}: not there")]);
            yield break;
        }

        var target = new FileInfo(link).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? link;
        yield return Fast.Any(name => target.Contains(name, StringComparison.OrdinalIgnoreCase))
            ? CheckResult.Ok("blas", target)
            : CheckResult.Warn("blas", $"{target} is the reference BLAS, 100 times slower than OpenBLAS",
                Mend);
    }
}
