namespace Atelier.Data.Hdf5;

/// <summary>Where a chunk lies.</summary>
/// <param name="Address">Its first byte.</param>
/// <param name="Length">Its bytes in the file.</param>
/// <param name="SkippedFilters">A bit for each filter that it did not go through.</param>
internal readonly record struct Hdf5Chunk(long Address, int Length, uint SkippedFilters);
