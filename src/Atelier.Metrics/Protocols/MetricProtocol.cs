using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace Atelier.Metrics;

/// <summary>
/// Everything that a number of a metric depends on besides the images themselves. Two numbers may be compared
/// only when all of it is equal, which is when <see cref="Id"/> is.
/// </summary>
public sealed record MetricProtocol
{
    /// <summary>How images reach a backbone: rounded to 8 bits, generated ones as real ones were when
    /// stored.</summary>
    public const string EightBit = "uint8";

    /// <summary><see cref="Precision"/> of ordinary arithmetic.</summary>
    public const string Float32 = "fp32";

    /// <summary><see cref="Backbone"/> and <see cref="BackboneSha256"/> of a metric that is taken without
    /// one.</summary>
    public const string NoBackbone = "none";

    /// <summary><see cref="Preprocessing"/> of a backbone that takes images as they are.</summary>
    public const string NoPreprocessing = "none";

    /// <summary>The metric with the version of its definition and its own parameters, such as
    /// <c>is/1;splits=10</c>.</summary>
    public required string Metric { get; init; }

    /// <summary>Name of the backbone, such as <c>small-cnn</c>, or <c>none</c>.</summary>
    public required string Backbone { get; init; }

    /// <summary>SHA-256 over the backbone's weights, 64 lower-case hexadecimal digits, or
    /// <c>none</c>.</summary>
    public required string BackboneSha256 { get; init; }

    /// <summary>How the real images came to their size; <c>none</c> when they always had it.</summary>
    public required string Resizer { get; init; }

    /// <summary>The number of generated images.</summary>
    public required int SampleCount { get; init; }

    /// <summary>Content hash of the real images.</summary>
    public required string DatasetHash { get; init; }

    /// <summary>Arithmetic of the backbone: <c>fp32</c> or <c>bf16</c>.</summary>
    public required string Precision { get; init; }

    /// <summary>How pixel values are rounded before the backbone sees them.</summary>
    public string Quantisation { get; init; } = EightBit;

    /// <summary>How images are made ready for the backbone, as it says itself:
    /// <c>clean;299;symmetric</c>.</summary>
    public string Preprocessing { get; init; } = NoPreprocessing;

    /// <summary>Short name of this protocol: its readable parts and 16 digits of SHA-256 over all of
    /// it.</summary>
    public string Id
    {
        get
        {
            var metric = Metric.Split('/', ';')[0];
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{metric}-{Backbone}-n{SampleCount}-{Precision}-{Digest()[..16]}");
        }
    }

    /// <summary>The fields by name in a fixed order: what the hash is taken over, and what a comparison
    /// names.</summary>
    [JsonIgnore]
    internal IReadOnlyList<(string Name, string Value)> Fields =>
    [
        ("metric", Metric),
        ("backbone", Backbone),
        ("backbone weights", BackboneSha256),
        ("resizer", Resizer),
        ("sample count", SampleCount.ToString(CultureInfo.InvariantCulture)),
        ("dataset", DatasetHash),
        ("precision", Precision),
        ("quantisation", Quantisation),
        ("preprocessing", Preprocessing),
    ];

    private string Digest()
    {
        var text = new StringBuilder("atelier-protocol-1\n");
        // The length keeps a value with a line break from passing for two fields.
        // What came later counts only where it says something, so that older numbers keep their ids.
        foreach (var (name, value) in Fields.Where(static f => f != ("preprocessing", NoPreprocessing)))
            text.Append(name).Append('=').Append(value.Length).Append(':').Append(value).Append('\n');
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
