using Atelier.Torch;

namespace Atelier.Gan.Import;

/// <summary>Networks filled from foreign weights, and how the weights fitted.</summary>
public sealed class ImportedModel : IDisposable
{
    private const int Shown = 5;
    private readonly List<NetworkReport> reports = [];
    private readonly List<IDisposable> owned = [];

    /// <summary>What the model file will say of itself.</summary>
    public required ModelCard Card { get; set; }

    /// <summary>The options of the config that decide over shapes, for sentences.</summary>
    public required string ConfigSays { get; init; }

    /// <summary>How each file fitted.</summary>
    public IReadOnlyList<NetworkReport> Reports => reports;

    /// <summary>What a user should know of it, in sentences.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>What goes into the model file; null until a generator was added.</summary>
    public ModelParts? Parts { get; internal set; }

    /// <summary>Writes the model file, whole or not at all.</summary>
    /// <exception cref="AtelierException">A file did not fit its network: nothing is written
    /// (Checkpoint).</exception>
    public void Write(string path)
    {
        if (reports.FirstOrDefault(static r => !r.IsClean) is { } wrong) throw Refuse(wrong);
        ModelFile.Write(path, Parts!, Card);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var network in owned) network.Dispose();
    }

    /// <summary>Takes over something to dispose.</summary>
    internal void Own(IDisposable item) => owned.Add(item);

    /// <summary>Takes over a network and the report of its weights.</summary>
    internal T Add<T>(T network, NetworkReport report)
        where T : IDisposable
    {
        owned.Add(network);
        reports.Add(report);
        return network;
    }

    private AtelierException Refuse(NetworkReport report) => new(
        FailureKind.Checkpoint,
        $"{report.File} is not the {report.Network} that the config describes:" +
        Part("of another shape", report.WrongShape) + Part("missing", report.Missing) +
        Part("unexpected", report.Unexpected) +
        $" The config says {ConfigSays}. Give the config that the weights were trained with; nothing was " +
        "written.");

    private static string Part<T>(string what, IReadOnlyList<T> items)
    {
        if (items.Count == 0) return "";
        var rest = items.Count > Shown ? $" and {items.Count - Shown} more" : "";
        return $" {items.Count} {what}: {string.Join("; ", items.Take(Shown))}{rest}.";
    }
}
