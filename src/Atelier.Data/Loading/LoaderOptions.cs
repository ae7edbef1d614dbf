namespace Atelier.Data;

/// <summary>How batches are drawn.</summary>
public sealed record LoaderOptions
{
    /// <summary>Images in a batch of this process, at least 1.</summary>
    public required int BatchSize { get; init; }

    /// <summary>Where the stream begins; <c>new DataCursor(seed)</c> for a new run.</summary>
    public required DataCursor Cursor { get; init; }

    /// <summary>
    /// Mirrors each image left to right with probability 1/2, decided by seed, epoch and index.
    /// </summary>
    public bool HorizontalFlip { get; init; }

    /// <summary>Processes of the run.</summary>
    public int WorldSize { get; init; } = 1;

    /// <summary>This process, 0 to <see cref="WorldSize"/> - 1.</summary>
    public int Rank { get; init; }

    /// <summary>Batches that wait ready, at least 1.</summary>
    public int Prefetch { get; init; } = 2;

    /// <summary>
    /// Null shuffles over all images. A number shuffles within windows of so many images, which is kinder to
    /// a disk when the images do not fit into memory; see <see cref="WindowedOrder"/>. At least 1.
    /// </summary>
    public int? ShuffleWindow { get; init; }

    /// <summary>
    /// Threads that copy the images of a batch, at least 1. More than one pays where they wait for a disk;
    /// what a batch holds does not depend on it.
    /// </summary>
    public int Readers { get; init; } = 1;
}
