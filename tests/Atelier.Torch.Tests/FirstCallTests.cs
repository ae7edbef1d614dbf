using System.Diagnostics;

namespace Atelier.Torch.Tests;

public sealed class FirstCallTests
{
    private const string Alone = "ATELIER_TEST_FIRST_CALL";

    [Fact]
    public void NoGradScope_AsTheFirstCallOfAProcess_LoadsTheLibrary()
    {
        if (Environment.GetEnvironmentVariable(Alone) is not null)
        {
            using var scope = new NoGradScope();
            return;
        }

        // Calls without a GC transition are bound early, so only a process that has loaded nothing can tell.
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, UseShellExecute = false };
        start.ArgumentList.Add(typeof(FirstCallTests).Assembly.Location);
        start.ArgumentList.Add("-class");
        start.ArgumentList.Add(typeof(FirstCallTests).FullName!);
        start.Environment[Alone] = "1";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();

        Assert.True(process.ExitCode == 0, output);
    }
}
