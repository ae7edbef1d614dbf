using Atelier.Nn;
using Atelier.Torch;
using Atelier.Training.Recipes;

namespace Atelier.Training.Loop;

/// <summary>Settles `precision: auto` for the machine at hand.</summary>
public static class PrecisionSelector
{
    private const string ProcessorFacts = "/proc/cpuinfo";

    /// <summary>
    /// On the processor bfloat16 only where it is multiplied natively; elsewhere it is stored, which saves
    /// memory but no time.
    /// On a GPU always bfloat16, which needs no scaling; for one without it (before Ampere) ask for fp16.
    /// </summary>
    /// <param name="wanted">The recipe's.</param>
    /// <param name="device">Where the networks are.</param>
    /// <exception cref="AtelierException">float16 on the processor.</exception>
    public static Precision Settle(
        TrainingPrecision wanted, DeviceType device = DeviceType.Cpu) => wanted switch
    {
        TrainingPrecision.Float16 when device == DeviceType.Cpu => throw new AtelierException(
            FailureKind.Usage,
            "training.precision is fp16 and the run is on the CPU, which computes it no faster. Use bf16, " +
            "fp32 or auto, or --device cuda."),
        TrainingPrecision.Float16 => Precision.Float16,
        TrainingPrecision.BFloat16 => Precision.BFloat16,
        TrainingPrecision.Float32 => Precision.Float32,
        _ => device == DeviceType.Cuda || HasNativeBFloat16() ? Precision.BFloat16 : Precision.Float32,
    };

    /// <summary>The recipe's word for a precision.</summary>
    public static string Word(Precision precision) => precision switch
    {
        Precision.BFloat16 => "bf16",
        Precision.Float16 => "fp16",
        _ => "fp32",
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
