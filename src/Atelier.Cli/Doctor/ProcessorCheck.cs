using Atelier.Text;

namespace Atelier.Cli.Doctor;

/// <summary>Model, cores and the instruction sets that matter for speed.</summary>
/// <param name="cpuInfo">The text of /proc/cpuinfo.</param>
internal sealed class ProcessorCheck(string cpuInfo) : IDoctorCheck
{
    private static readonly string[] Wanted = ["avx2", "avx512f", "avx512_bf16", "amx_bf16"];

    /// <inheritdoc/>
    public IEnumerable<CheckResult> Look()
    {
        var model = Value("model name") ?? "unknown model";
        var flags = (Value("flags") ?? "").Split(' ');
        var present = Wanted.Where(flags.Contains).ToList();
        var sets = present.Count == 0 ? "no AVX2" : string.Join(' ', present);
        var finding = $"{model}, {Counted.Of(Environment.ProcessorCount, "core")}, {sets}";

        if (present.Count == 0)
            yield return CheckResult.Warn("processor", finding,
                "Training will be slow: use a processor with AVX2 or newer.");
        else
            yield return CheckResult.Ok("processor", finding, present.Contains("amx_bf16")
                ? null
                : ["This processor has no matrix unit for bfloat16: it saves memory, and hardly any time."]);
    }

    private string? Value(string key)
    {
        foreach (var line in cpuInfo.Split('\n'))
            if (line.StartsWith(key, StringComparison.Ordinal) && line.Split(':', 2) is [_, var value])
                return value.Trim();
        return null;
    }
}
