using System.Text.Json;
using Atelier.Cli.Application;
using Atelier.Cli.Doctor;
using Atelier.Cli.Tests.Support;
using Atelier.Torch;

namespace Atelier.Cli.Tests;

public sealed class DoctorTests
{
    [Fact]
    public void Doctor_WithJson_WritesOneDocumentThatAgreesWithItsExitCode()
    {
        using var line = new CommandLine();

        var code = line.Run("doctor", "--json");

        var report = JsonDocument.Parse(line.Out).RootElement;
        var failed = report.GetProperty("checks").EnumerateArray()
            .Any(check => check.GetProperty("status").GetString() == "fail");
        Assert.Equal(failed ? ExitCode.Other : ExitCode.Ok, code);
        Assert.Equal(!failed, report.GetProperty("ok").GetBoolean());
    }

    [Fact]
    public void Blas_ThatIsTheReferenceOne_IsAWarningWithTheCure()
    {
        using var folder = new TemporaryFolder();
        var real = folder.Write("blas/libblas.so.3.11.0", "");
        var link = Path.Combine(folder.Path, "libblas.so.3");
        File.CreateSymbolicLink(link, real);

        var result = Assert.Single(new BlasCheck([link]).Look());

        Assert.Equal(CheckStatus.Warn, result.Status);
        Assert.Contains("100 times slower", result.Finding, StringComparison.Ordinal);
        Assert.Contains("libopenblas0-pthread", result.Mend, StringComparison.Ordinal);
    }

    [Fact]
    public void Blas_BehindTwoLinks_IsKnownByItsFinalTarget()
    {
        using var folder = new TemporaryFolder();
        var real = folder.Write("openblas-pthread/libblas.so.3", "");
        var middle = Path.Combine(folder.Path, "alternative");
        var link = Path.Combine(folder.Path, "libblas.so.3");
        File.CreateSymbolicLink(middle, real);
        File.CreateSymbolicLink(link, middle);

        Assert.Equal(CheckStatus.Ok, Assert.Single(new BlasCheck([link]).Look()).Status);
    }

    [Fact]
    public void Libtorch_FoundNowhere_FailsAndListsEveryPlace()
    {
        NativeLibraryAttempt[] attempts =
            [new("/a.so", "ATELIER_NATIVE", false, "no such file"),
                new("/b.so", "beside", false, "undefined symbol")];

        var result = Assert.Single(
            LibtorchCheck.Report(attempts, () => throw new InvalidOperationException()));

        Assert.Equal(CheckStatus.Fail, result.Status);
        Assert.Equal(["/a.so (ATELIER_NATIVE): no such file", "/b.so (beside): undefined symbol"],
            result.Details);
    }

    [Fact]
    public void Check_ThatThrows_BecomesAFailedFinding()
    {
        var report = Examination.Run([new Broken()]);

        Assert.False(report.Ok);
        Assert.Equal("gone", Assert.Single(report.Checks).Finding);
    }

    private sealed class Broken : IDoctorCheck
    {
        public IEnumerable<CheckResult> Look() => throw new IOException("gone");
    }
}
