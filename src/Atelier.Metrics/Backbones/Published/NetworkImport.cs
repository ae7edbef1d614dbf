using System.Security.Cryptography;
using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>Turns a published file of weights into one that backbones are loaded from.</summary>
public static class NetworkImport
{
    /// <summary>Compares a file with a network, and writes nothing.</summary>
    /// <exception cref="AtelierException">Missing, damaged, or no state dict (Checkpoint).</exception>
    public static StateReport Examine(PublishedNetwork entry, string path)
    {
        using var stored = StateDict.Open(path);
        using var network = entry.Create();
        return StateReport.Of(network.Slots, stored, entry.IsNotNeeded);
    }

    /// <summary>Imports a file.</summary>
    /// <param name="entry">The network that it is said to be of.</param>
    /// <param name="path">A .pth state dict, or a .safetensors.</param>
    /// <param name="output">The file to write; its folder is made when missing.</param>
    /// <exception cref="AtelierException">Missing, damaged, a TorchScript program, of another network, or
    /// with NaN (Checkpoint); the disk refused (Disk).</exception>
    public static ImportedNetwork Run(PublishedNetwork entry, string path, string output)
    {
        using var stored = StateDict.Open(path);
        using var network = entry.Create();
        var report = StateReport.Of(network.Slots, stored, entry.IsNotNeeded);
        if (!report.IsClean) throw Other(entry, stored, report);

        var digest = Digest(path);
        using var scope = new TensorScope();
        var weights = network.Slots.ToDictionary(
            static slot => slot.Name, slot => Finite(stored, slot.Name), StringComparer.Ordinal);
        network.Load(weights);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(output))!);
        NetworkFile.Write(output, network, weights, Path.GetFileName(path), digest);
        return new ImportedNetwork(
            entry.Name, output, Path.GetFileName(path), digest,
            entry.Weights.FirstOrDefault(known => known.Fits(digest))?.FileName, network.Sha256, report);
    }

    private static Tensor Finite(StateDict stored, string name)
    {
        using var scope = new TensorScope();
        var tensor = stored.Read(name);
        return tensor.Isfinite().All().Item() != 0
            ? scope.Keep(tensor)
            : throw new AtelierException(
                FailureKind.Checkpoint,
                $"{stored.Path} holds NaN or infinity in '{name}', so its features would be worth nothing. "
                + "Take another copy.");
    }

    private static AtelierException Other(PublishedNetwork entry, StateDict stored, StateReport report)
    {
        var likely = NetworkCatalogue.Entries.FirstOrDefault(other => other.Name != entry.Name && Is(other));
        var advice = likely is null
            ? $"Take {entry.Weights[0].FileName}, which 'atelier backbone fetch {entry.Name}' brings."
            : $"It is of {likely.Name}: import it under that name.";
        return new AtelierException(
            FailureKind.Checkpoint,
            $"{stored.Path} is not of {entry.Name}: {report.Matched} tensors fit, {report.Differences()}. "
            + advice);

        bool Is(PublishedNetwork other)
        {
            using var network = other.Create();
            return StateReport.Of(network.Slots, stored, other.IsNotNeeded).IsClean;
        }
    }

    private static string Digest(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
