using Atelier.Cli.Application;

namespace Atelier.Cli.Doctor;

/// <summary>The native library and libtorch: every path tried, and what came of it.</summary>
/// <param name="home">Where the native library is looked for first.</param>
internal sealed class LibtorchCheck(AtelierHome home) : IDoctorCheck
{
    private const string LibraryName = "libatelier_native.so";

    /// <inheritdoc/>
    public IEnumerable<CheckResult> Look()
    {
        const string Mend = "Run './atelier demo' once: it installs libtorch and builds the native library. "
            + "For another libtorch, set ATELIER_LIBTORCH to its folder.";
        var path = Path.Combine(home.Native, LibraryName);
        yield return File.Exists(path)
            ? CheckResult.Ok("native library", path)
            : CheckResult.Fail("native library", "not built", Mend, [$"{path}: not there"]);
    }
}
