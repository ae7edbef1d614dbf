namespace Atelier.Cli.Commands;

/// <summary>What a user asked of <c>atelier data fetch</c>.</summary>
internal sealed record DataFetchRequest
{
    /// <summary>The name of a public dataset; null lists them.</summary>
    public string? Name { get; init; }

    /// <summary>The folder for the files, or null for the cache.</summary>
    public string? Folder { get; init; }

    /// <summary>Where to fetch from, or null for the known addresses.</summary>
    public Uri? Mirror { get; init; }

    /// <summary>The packed dataset to write, or null.</summary>
    public string? Pack { get; init; }
}
