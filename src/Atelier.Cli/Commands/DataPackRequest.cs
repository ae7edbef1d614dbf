using Atelier.Data.Decoding;

namespace Atelier.Cli.Commands;

/// <summary>What a user asked of <c>atelier data pack</c>.</summary>
internal sealed record DataPackRequest
{
    /// <summary>The folder to read.</summary>
    public required string Source { get; init; }

    /// <summary>The dataset file to write.</summary>
    public required string Output { get; init; }

    /// <summary>Height and width in pixels, or null for 32.</summary>
    public int? Size { get; init; }

    /// <summary>What to do with grey images.</summary>
    public GreyRule OnGrey { get; init; }

    /// <summary>What to do with transparency.</summary>
    public AlphaRule OnAlpha { get; init; }

    /// <summary>Leave bad images out instead of refusing the source.</summary>
    public bool SkipBad { get; init; }

    /// <summary>area, bilinear, bicubic or lanczos.</summary>
    public required string Resize { get; init; }
}
