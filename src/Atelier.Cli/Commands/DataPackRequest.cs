using Atelier.Data;

namespace Atelier.Cli.Commands;

/// <summary>What a user asked of <c>atelier data pack</c>.</summary>
internal sealed record DataPackRequest
{
    /// <summary>What to read.</summary>
    public required string Source { get; init; }

    /// <summary>The dataset file or the folder of shards to write.</summary>
    public required string Output { get; init; }

    /// <summary>Which labels of a source that has two for each image; null for its own choice.</summary>
    public LabelSet? Labels { get; init; }

    /// <summary>How images become the dataset's.</summary>
    public required PackOptions Options { get; init; }

    /// <summary>Which images are taken.</summary>
    public required SourceSelection Selection { get; init; }
}
