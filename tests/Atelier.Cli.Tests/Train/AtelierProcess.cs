using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Atelier.Cli.Tests.Train;

/// <summary>The built program in a process of its own, to be sent signals.</summary>
internal sealed partial class AtelierProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly Process process;
    private readonly Task<string> error;

    private AtelierProcess(Process process)
    {
        this.process = process;
        _ = process.StandardOutput.ReadToEndAsync();
        error = process.StandardError.ReadToEndAsync();
    }

    public string Error => error.GetAwaiter().GetResult();

    public bool HasExited => process.HasExited;

    /// <summary>Starts the program that lies beside the tests, or in another folder.</summary>
    public static AtelierProcess Start(
        TinyWorkshop workshop, string[] args, string? program = null,
        params (string Name, string Value)[] variables)
    {
        var path = Path.Combine(program ?? AppContext.BaseDirectory, "atelier.dll");
        var host = Environment.ProcessPath is { } own && Path.GetFileName(own) == "dotnet" ? own : "dotnet";
        var start = new ProcessStartInfo(host, [path, .. args])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["ATELIER_HOME"] = workshop.In("home");
        start.Environment["ATELIER_THREADS"] = "1";
        // A process that is killed would leave the runtime's sockets for debuggers behind.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        foreach (var (name, value) in variables) start.Environment[name] = value;
        return new AtelierProcess(Process.Start(start)!);
    }

    public void Send(int signal) => Assert.Equal(0, Kill(process.Id, signal));

    /// <summary>Lets it run on for a while, or to its end.</summary>
    public void Linger(int milliseconds) => process.WaitForExit(milliseconds);

    public int WaitForEnd()
    {
        Assert.True(process.WaitForExit(Patience), "the program did not end in time");
        return process.ExitCode;
    }

    /// <summary>Waits until stats.jsonl tells of a step.</summary>
    public void WaitForStep(string run, long step)
    {
        WaitUntil(() => StepOf(run) >= step, $"step {step}");
        Assert.False(HasExited, $"the program ended before step {step}: {(HasExited ? Error : "")}");
    }

    /// <summary>Waits until something has come, or the program ends.</summary>
    public void WaitUntil(Func<bool> hasCome, string what)
    {
        var started = Stopwatch.GetTimestamp();
        // Asked seldom: it shares the processor with what it waits for.
        while (!hasCome() && !process.WaitForExit(5))
            Assert.True(Stopwatch.GetElapsedTime(started) < Patience, $"{what} did not come");
    }

    public void Dispose()
    {
        if (!process.HasExited) process.Kill();
        process.Dispose();
    }

    private static long StepOf(string run)
    {
        try
        {
            using var file = new FileStream(
                Path.Combine(run, "stats.jsonl"), FileMode.Open, FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(file);
            var lines = reader.ReadToEnd().Split('\n');
            // The last piece is empty, or a line in writing.
            return lines.Length < 2 ? 0 : long.Parse(
                lines[^2].Split("\"step\":")[1].Split(',', '}')[0], NumberStyles.Integer,
                CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int pid, int signal);
}
