using Atelier.Data.Decoding;
using Atelier.Data.Resizing;

namespace Atelier.Data;

/// <summary>How a source becomes a packed dataset.</summary>
public sealed record PackOptions
{
    /// <summary>
    /// The size of the images in pixels, each side 1 to <see cref="MaxSize"/>; a square of 32 by default.
    /// </summary>
    public ImageSize Size { get; init; } = 32;

    /// <summary>The longest side of <see cref="Size"/>.</summary>
    public const int MaxSize = 4096;

    /// <summary>How pixels are weighted when an image changes its size.</summary>
    public ResizeFilter Filter { get; init; } = ResizeFilter.Area;

    /// <summary>How another shape is brought in; Auto lets the source choose.</summary>
    public ResizeFit Fit { get; init; } = ResizeFit.Auto;

    /// <summary>What happens to grey and transparent images.</summary>
    public ImagePolicy Policy { get; init; } = new();

    /// <summary>
    /// Leaves bad images out, and records how many; otherwise one bad image refuses the whole source.
    /// </summary>
    public bool SkipBad { get; init; }

    /// <summary>The splits to take, or null for all.</summary>
    public IReadOnlyList<string>? Splits { get; init; }

    /// <summary>
    /// The most bytes of one file: the dataset becomes a folder of packed files with an index, for sets
    /// larger than memory. Null for one file of any size.
    /// </summary>
    public long? ShardBytes { get; init; }

    /// <summary>
    /// Threads that decode, or 0 for one a processor; the bytes of the file do not depend on it.
    /// </summary>
    public int Threads { get; init; }

    /// <summary>Images of a block, which is what an interruption can cost; null for what fits into 16
    /// MiB.</summary>
    internal int? BlockImages { get; init; }

    internal int ThreadCount => Threads > 0 ? Threads : Environment.ProcessorCount;
}
