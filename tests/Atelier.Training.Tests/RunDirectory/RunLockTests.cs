using System.Diagnostics;
using System.Globalization;
using Atelier.Training.RunDirectory;

namespace Atelier.Training.Tests.RunDirectory;

public sealed class RunLockTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string LockPath => folder.In(".lock");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Acquire_WhileHeld_IsRefusedAtOnceNamingTheOwner()
    {
        using var held = RunLock.Acquire(LockPath);
        var watch = Stopwatch.StartNew();

        var failure = Assert.Throws<AtelierException>(() => RunLock.Acquire(LockPath));

        Assert.Equal(FailureKind.Preflight, failure.Kind);
        Assert.Contains(
            $"process {Environment.ProcessId} on {Environment.MachineName}", failure.Message,
            StringComparison.Ordinal);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(1), watch.Elapsed.ToString());
    }

    [Fact]
    public void Acquire_AfterRelease_Works()
    {
        RunLock.Acquire(LockPath).Dispose();

        RunLock.Acquire(LockPath).Dispose();
    }

    [Theory]
    [InlineData("{\"pid\":1,\"boot_id\":\"another boot\",\"start_ticks\":1,\"host\":\"h\"}")]
    [InlineData("{\"pid\":4194303,\"boot_id\":\"BOOT\",\"start_ticks\":1,\"host\":\"h\"}")]
    [InlineData("{\"pid\":PID,\"boot_id\":\"BOOT\",\"start_ticks\":1,\"host\":\"h\"}")]
    [InlineData("torn {\"pid")]
    [InlineData("")]
    public void Acquire_LeftByADeadProcess_TakesOver(string content)
    {
        File.WriteAllText(LockPath + ".owner", Fill(content));

        using var held = RunLock.Acquire(LockPath);
    }

    [Fact]
    public void Acquire_OwnerAliveButWithoutKernelLock_IsRefused()
    {
        // As on a file system that has no locks: only what is written tells that pid 1 is still there.
        var stat = File.ReadAllText("/proc/1/stat");
        var start = stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[19];
        File.WriteAllText(
            LockPath + ".owner",
            Fill($"{{\"pid\":1,\"boot_id\":\"BOOT\",\"start_ticks\":{start},\"host\":\"h\"}}"));

        var failure = Assert.Throws<AtelierException>(() => RunLock.Acquire(LockPath));

        Assert.Equal(FailureKind.Preflight, failure.Kind);
        Assert.Contains("process 1 on h", failure.Message, StringComparison.Ordinal);
    }

    private static string Fill(string content) => content
        .Replace("BOOT", File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim(), StringComparison.Ordinal)
        .Replace(
            "PID", Environment.ProcessId.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
}
