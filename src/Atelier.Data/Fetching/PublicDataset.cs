namespace Atelier.Data.Fetching;

/// <summary>A dataset that anybody may fetch.</summary>
public sealed record PublicDataset
{
    /// <summary>What users call it.</summary>
    public required string Name { get; init; }

    /// <summary>What it holds, in one line.</summary>
    public required string Summary { get; init; }

    /// <summary>Folders on the net where all of its files lie, the official one first.</summary>
    public required IReadOnlyList<Uri> Addresses { get; init; }

    /// <summary>Its files.</summary>
    public required IReadOnlyList<PublicDatasetFile> Files { get; init; }

    /// <summary>The size in pixels that it is usually packed to.</summary>
    public required int Size { get; init; }

    /// <summary>Bytes of all files.</summary>
    public long Bytes => Files.Sum(file => file.Bytes);

    /// <summary>What 'data pack' is given: the one archive, or the folder of several files.</summary>
    public string SourceIn(string folder)
        => Files is [var archive] ? Path.Combine(folder, archive.Name) : folder;
}
