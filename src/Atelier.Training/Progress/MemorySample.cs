namespace Atelier.Training.Progress;

/// <summary>Memory of the process at one moment, in bytes; -1 where the system does not tell.</summary>
/// <param name="Resident">Resident set.</param>
/// <param name="PeakResident">Largest resident set so far.</param>
/// <param name="ManagedHeap">The part that .NET's collector manages.</param>
public readonly record struct MemorySample(long Resident, long PeakResident, long ManagedHeap);
