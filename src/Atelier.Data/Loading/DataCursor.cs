namespace Atelier.Data;

/// <summary>
/// A place in the endless stream of images, the same for every process of a run; it goes into a checkpoint
/// and brings the stream back exactly, also for another number of processes.
/// </summary>
/// <param name="Seed">The seed of the shuffling and the flips.</param>
/// <param name="Epoch">How many times every image was drawn.</param>
/// <param name="Position">Images drawn in this epoch, over all processes; less than the count of
/// images.</param>
public readonly record struct DataCursor(ulong Seed, long Epoch = 0, int Position = 0);
