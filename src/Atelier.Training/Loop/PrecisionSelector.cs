using Atelier.Nn;
using Atelier.Training.Recipes;

namespace Atelier.Training.Loop;

/// <summary>Settles `precision: auto` for the machine at hand.</summary>
public static class PrecisionSelector
{
    private const string ProcessorFacts = "/proc/cpuinfo";

    /// <summary>
    /// bfloat16 only where the processor multiplies it natively; elsewhere it is emulated, and slower.
    /// </summary>
    public static Precision Settle(TrainingPrecision wanted) => wanted switch
    {
        TrainingPrecision.BFloat16 => Precision.BFloat16,
        TrainingPrecision.Float32 => Precision.Float32,
        _ => HasNativeBFloat16() ? Precision.BFloat16 : Precision.Float32,
    };

    private static bool HasNativeBFloat16()
    {
        if (!File.Exists(ProcessorFacts)) return false;
        var flags = File.ReadLines(ProcessorFacts)
            .FirstOrDefault(static l => l.StartsWith("flags", StringComparison.Ordinal));
        return flags is not null &&
            (flags.Contains(" amx_bf16", StringComparison.Ordinal)
                || flags.Contains(" avx512_bf16", StringComparison.Ordinal));
    }
}
