using Atelier.Nn;

namespace Atelier.Training.Loop;

/// <summary>What a run will need, measured with real steps.</summary>
/// <param name="GeneratorParameters">Weights of G.</param>
/// <param name="DiscriminatorParameters">Weights of D.</param>
/// <param name="Precision">Settled precision.</param>
/// <param name="SecondsPerStep">Mean time of the steps after the first one, which compiles.</param>
/// <param name="PeakMemoryBytes">Largest resident set of this process, which took the step.</param>
/// <param name="MemoryBytes">Memory that the process may use.</param>
/// <param name="DiskNeededBytes">Room for the checkpoints that stay, one in writing, and a tenth.</param>
/// <param name="DiskFreeBytes">Free bytes where the run will be; -1 when that cannot be told.</param>
public sealed record PreflightResult(
    long GeneratorParameters, long DiscriminatorParameters, Precision Precision, double SecondsPerStep,
    long PeakMemoryBytes, long MemoryBytes, long DiskNeededBytes, long DiskFreeBytes)
{
    /// <summary>Refuses a run that will not fit.</summary>
    /// <exception cref="AtelierException">Memory or disk is too small (Preflight).</exception>
    public void ThrowIfTooLarge()
    {
        if (DiskFreeBytes >= 0 && DiskNeededBytes > DiskFreeBytes)
            throw new AtelierException(
                FailureKind.Preflight,
                $"The run's checkpoints need {ByteText.Format(DiskNeededBytes)} and " +
                $"{ByteText.Format(DiskFreeBytes)} are free. Free some space, name another --out, or keep " +
                "fewer (--set snapshots.keep_last=1).");
        if (PeakMemoryBytes > MemoryBytes)
            throw new AtelierException(
                FailureKind.Preflight,
                $"A step takes {ByteText.Format(PeakMemoryBytes)} of memory and there are " +
                $"{ByteText.Format(MemoryBytes)}. Use a smaller training.batch_size with more " +
                "training.accumulation.");
    }
}
