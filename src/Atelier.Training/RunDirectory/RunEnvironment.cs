using System.Globalization;
using System.Runtime.InteropServices;

namespace Atelier.Training.RunDirectory;

/// <summary>
/// Where and how a run was started: <c>environment.json</c>. Holds no secrets: variables are from a short
/// list.
/// </summary>
/// <param name="Program">Name and version.</param>
/// <param name="CommandLine">Arguments as typed.</param>
/// <param name="StartedUtc">Start of the process that wrote this.</param>
/// <param name="Host">Machine name.</param>
/// <param name="OperatingSystem">Operating system in words.</param>
/// <param name="Architecture">Processor architecture.</param>
/// <param name="Processor">Processor model.</param>
/// <param name="ProcessorCount">Logical processors that the process may use.</param>
/// <param name="MemoryBytes">Memory that the process may use.</param>
/// <param name="Runtime">.NET runtime.</param>
/// <param name="Variables">Environment variables that change how a run computes; those that are set.</param>
/// <param name="Facts">What the caller adds: libtorch, threads, device, dataset hash, recipe hash.</param>
public sealed record RunEnvironment(
    string Program,
    IReadOnlyList<string> CommandLine,
    DateTimeOffset StartedUtc,
    string Host,
    string OperatingSystem,
    string Architecture,
    string Processor,
    int ProcessorCount,
    long MemoryBytes,
    string Runtime,
    IReadOnlyDictionary<string, string> Variables,
    IReadOnlyDictionary<string, string> Facts)
{
    private static readonly string[] Recorded =
    [
        "ATELIER_LIBTORCH", "CUDA_VISIBLE_DEVICES", "OMP_NUM_THREADS", "MKL_NUM_THREADS",
        "OPENBLAS_NUM_THREADS",
        "CUBLAS_WORKSPACE_CONFIG", "ONEDNN_MAX_CPU_ISA", "RANK", "WORLD_SIZE", "LOCAL_RANK", "SLURM_JOB_ID",
    ];

    /// <summary>Looks around.</summary>
    public static RunEnvironment Capture(
        IReadOnlyList<string> commandLine, IReadOnlyDictionary<string, string> facts,
        TimeProvider? clock = null)
    {
        var version = typeof(RunEnvironment).Assembly.GetName().Version?.ToString(3) ?? "0";
        var variables = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in Recorded)
        {
            if (Environment.GetEnvironmentVariable(name) is { } value)
                variables[name] = value;
        }

        return new(
            string.Create(CultureInfo.InvariantCulture, $"Atelier {version}"),
            commandLine,
            (clock ?? TimeProvider.System).GetUtcNow(),
            Environment.MachineName,
            RuntimeInformation.OSDescription,
            RuntimeInformation.ProcessArchitecture.ToString(),
            ProcessorModel(),
            Environment.ProcessorCount,
            GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
            RuntimeInformation.FrameworkDescription,
            variables,
            facts);
    }

    private static string ProcessorModel()
    {
        try
        {
            const string Key = "model name";
            var line = File.ReadLines("/proc/cpuinfo")
                .FirstOrDefault(line => line.StartsWith(Key, StringComparison.Ordinal));
            return line is null
                ? "unknown"
                : line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "unknown";
        }
    }
}
