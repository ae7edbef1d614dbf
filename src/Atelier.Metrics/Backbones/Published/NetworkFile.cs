using Atelier.Torch;
using Atelier.Torch.Safetensors;

namespace Atelier.Metrics;

/// <summary>
/// An imported network as one safetensors file: the tensors under their published names, and in the header
/// the network's name, the file that they came from, and the SHA-256 of the weights, so that a flipped bit is
/// found when it is read.
/// </summary>
public static class NetworkFile
{
    private const string Format = "atelier-network-1";

    /// <summary>Whether a file is an imported network; false for anything that cannot be read.</summary>
    public static bool Recognises(string path)
    {
        try
        {
            return Header(path).Format == Format;
        }
        catch (AtelierException)
        {
            return false;
        }
    }

    /// <summary>What the header says: network, name of the source file and its SHA-256.</summary>
    /// <exception cref="AtelierException">The file cannot be read (Checkpoint).</exception>
    public static (string? Format, string? Network, string? Source, string? SourceSha256) Header(string path)
    {
        using var file = SafetensorsFile.Open(path);
        return (
            file.Metadata.GetValueOrDefault("format"), file.Metadata.GetValueOrDefault("network"),
            file.Metadata.GetValueOrDefault("source"), file.Metadata.GetValueOrDefault("source_sha256"));
    }

    /// <summary>Reads a file with the network that its header names.</summary>
    /// <exception cref="AtelierException">Missing, damaged, or of an unknown network
    /// (Checkpoint).</exception>
    public static (PublishedNetwork Entry, FeatureNetwork Network) Read(string path)
    {
        var name = Header(path).Network;
        var entry = name is null ? null : NetworkCatalogue.Find(name);
        return entry is null
            ? throw new AtelierException(
                FailureKind.Checkpoint, $"{path} is of a network '{name}', which this version does not know.")
            : (entry, Read(path, entry));
    }

    internal static FeatureNetwork Read(string path, PublishedNetwork entry)
    {
        using var file = SafetensorsFile.Open(path);
        using var stored = StateDict.Open(path);
        var network = entry.Create();
        try
        {
            var report = StateReport.Of(network.Slots, stored, static _ => false);
            if (!report.IsClean) throw Damaged(path, report.Differences());
            using var scope = new TensorScope();
            network.Load(network.Slots.ToDictionary(
                static slot => slot.Name, slot => stored.Read(slot.Name), StringComparer.Ordinal));
            return network.Sha256 == file.Metadata.GetValueOrDefault("weights_sha256")
                ? network
                : throw Damaged(path, "its weights do not have the SHA-256 that its header states");
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    internal static void Write(
        string path, FeatureNetwork network, IReadOnlyDictionary<string, Tensor> weights, string source,
        string sourceSha256)
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["format"] = Format,
            ["network"] = network.Name,
            ["source"] = source,
            ["source_sha256"] = sourceSha256,
            ["weights_sha256"] = network.Sha256,
        };
        SafetensorsWriter.Write(
            path, [.. network.Slots.Select(slot => (slot.Name, weights[slot.Name]))], metadata);
    }

    private static AtelierException Damaged(string path, string how) => new(
        FailureKind.Checkpoint, $"{path} is damaged: {how}. Import the published weights again.");
}
