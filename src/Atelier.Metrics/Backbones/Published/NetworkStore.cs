namespace Atelier.Metrics;

/// <summary>The folder of a user's imported networks, a file each.</summary>
/// <param name="folder">The folder; it may be missing.</param>
public sealed class NetworkStore(string folder)
{
    /// <summary>The file of a network, whether it is there or not.</summary>
    public string PathOf(string name) => Path.Combine(folder, name + ".safetensors");

    /// <summary>Where a published file lands before it is imported.</summary>
    public string DownloadOf(PublishedWeights weights) => Path.Combine(folder, "downloads", weights.FileName);

    /// <summary>Whether a network was imported.</summary>
    public bool Has(string name) => File.Exists(PathOf(name));

    /// <summary>Loads an imported network as a backbone.</summary>
    /// <param name="entry">Which.</param>
    /// <param name="input">The images that will come.</param>
    /// <param name="resizing">How they come to its size; the usual way when null.</param>
    /// <exception cref="AtelierException">Not imported, or damaged (Checkpoint).</exception>
    public IBackbone Load(PublishedNetwork entry, BackboneInput input, ImageResizing? resizing = null)
    {
        if (!Has(entry.Name))
        {
            throw new AtelierException(
                FailureKind.Checkpoint,
                $"The weights of {entry.Name} are not here yet. Bring them with 'atelier backbone fetch "
                + $"{entry.Name}', or, when you have {entry.Weights[0].FileName}, with 'atelier backbone "
                + $"import {entry.Name} FILE'.");
        }

        return Load(PathOf(entry.Name), input, resizing);
    }

    /// <summary>Loads any file of an imported network.</summary>
    /// <exception cref="AtelierException">Missing, damaged, or of an unknown network
    /// (Checkpoint).</exception>
    public static IBackbone Load(string path, BackboneInput input, ImageResizing? resizing = null)
    {
        var (entry, network) = NetworkFile.Read(path);
        return new PreparedBackbone(network, Preparation(entry, resizing), input);
    }

    private static ImagePreparation Preparation(PublishedNetwork entry, ImageResizing? resizing) =>
        resizing is { } other ? entry.Preparation.With(other) : entry.Preparation;
}
