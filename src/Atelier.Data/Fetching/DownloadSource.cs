namespace Atelier.Data.Fetching;

/// <summary>A file somewhere on the net, and what is known of it beforehand.</summary>
public sealed record DownloadSource
{
    /// <summary>Where it lies, http or https.</summary>
    public required Uri Url { get; init; }

    /// <summary>Its SHA-256 or the first digits of it, lower-case hexadecimal; null when nobody has published
    /// any.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Its size, or null when unknown. A longer file is refused before it fills the disk.</summary>
    public long? Bytes { get; init; }

    /// <summary>The failure of a file that is not what it should be: Dataset or Checkpoint.</summary>
    public FailureKind WrongFile { get; init; } = FailureKind.Checkpoint;

    /// <summary>A sentence that says what to do without a network, put behind every failure; empty for
    /// none.</summary>
    public string ByHand { get; init; } = "";
}
