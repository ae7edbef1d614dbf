namespace Atelier.Cli.Commands;

/// <summary>What a user asked of <c>atelier data pack</c>.</summary>
internal sealed record DataPackRequest
{
    /// <summary>The folder to read.</summary>
    public required string Source { get; init; }

    /// <summary>The dataset file to write.</summary>
    public required string Output { get; init; }

    /// <summary>Height and width in pixels, or null for the images' own.</summary>
    public int? Size { get; init; }

    /// <summary>area, bilinear, bicubic or lanczos.</summary>
    public required string Resize { get; init; }
}
