using Atelier.Torch;
using Atelier.Training.Progress;

namespace Atelier.Soak;

/// <summary>Notes live tensors and resident memory after every step.</summary>
internal sealed class MemoryWatch(int warmUpSteps) : ITrainingObserver
{
    private const int Parts = 5;

    private readonly List<(long Step, long Bytes)> resident = [];
    private readonly Dictionary<long, long> live = [];

    /// <inheritdoc/>
    public void OnStep(long step, long totalSteps)
    {
        live[step] = Tensor.LiveCount;
        if (step > warmUpSteps) resident.Add((step, ProcessGauge.ResidentBytes()));
    }

    /// <summary>Live tensors after a step.</summary>
    public long LiveAfter(long step) => live[step];

    /// <summary>
    /// Growth between the first and the last fifth, by their medians: single peaks do not count.
    /// </summary>
    public double BytesPerStep()
    {
        var size = resident.Count / Parts;
        var first = resident.Take(size).ToList();
        var last = resident.TakeLast(size).ToList();
        return (Median(last) - Median(first)) / (double)(last[size / 2].Step - first[size / 2].Step);
    }

    /// <summary>Resident memory at the end, bytes.</summary>
    public long LastBytes() => resident[^1].Bytes;

    private static long Median(List<(long Step, long Bytes)> part) =>
        part.Select(static p => p.Bytes).Order().ElementAt(part.Count / 2);
}
