using Atelier.Text;
using Atelier.Torch;

namespace Atelier.Cli.Doctor;

/// <summary>The native library and libtorch: every path tried, and what came of it.</summary>
internal sealed class LibtorchCheck : IDoctorCheck
{
    private const string Mend =
        "Run './atelier demo' once: it installs libtorch and builds the native library. "
        + "For another libtorch, set ATELIER_LIBTORCH to its folder.";

    /// <inheritdoc/>
    public IEnumerable<CheckResult> Look() => Report(NativeLibraryLocator.Probe(), Runtime);

    /// <summary>The findings that follow from the places tried.</summary>
    /// <param name="attempts">Every place tried, in order.</param>
    /// <param name="runtime">Describes the loaded libtorch; called only when one place worked.</param>
    public static IEnumerable<CheckResult> Report(
        IReadOnlyList<NativeLibraryAttempt> attempts,
            Func<(string Finding, IReadOnlyList<string> Details)> runtime)
    {
        ArgumentNullException.ThrowIfNull(attempts);
        ArgumentNullException.ThrowIfNull(runtime);
        List<string> tried = [.. attempts.Select(each => $"{each.Path} ({each.Source}): {each.Outcome}")];
        if (attempts.FirstOrDefault(each => each.Loaded) is not { } loaded)
            return [CheckResult.Fail("libtorch", "the native library does not load", Mend, tried)];

        try
        {
            var (finding, details) = runtime();
            return [CheckResult.Ok("libtorch", finding, [.. tried, .. details])];
        }
        catch (AtelierException refused)
        {
            return [CheckResult.Fail("libtorch", $"{loaded.Path}: {refused.Message}", Mend, tried)];
        }
    }

    private static (string Finding, IReadOnlyList<string> Details) Runtime()
    {
        var version = TorchRuntime.Version;
        var devices = TorchRuntime.CudaDeviceCount;
        var cuda = devices == 0 ? "no CUDA device" : Counted.Of(devices, "CUDA device");
        return ($"version {version}, {Counted.Of(TorchRuntime.ThreadCount, "thread")}, {cuda}",
            ["the ABI of the native library fits"]);
    }
}
