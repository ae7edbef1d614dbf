namespace Atelier.Cli.Commands;

/// <summary>What a user asked of one of the importers; null where nothing was said.</summary>
internal sealed record ImportRequest
{
    /// <summary>The config of the foreign program.</summary>
    public required string Config { get; init; }

    /// <summary>The generator's checkpoint.</summary>
    public required string Generator { get; init; }

    /// <summary>The discriminator's checkpoint.</summary>
    public string? Discriminator { get; init; }

    /// <summary>The averaged generator's checkpoint.</summary>
    public string? Average { get; init; }

    /// <summary>A file with a class name in each line.</summary>
    public string? ClassNames { get; init; }

    /// <summary>The model file to write.</summary>
    public required string Output { get; init; }
}
