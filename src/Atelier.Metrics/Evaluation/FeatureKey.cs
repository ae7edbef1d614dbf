using System.Security.Cryptography;
using System.Text;

namespace Atelier.Metrics;

/// <summary>Everything that the features of a set of images depend on.</summary>
internal sealed record FeatureKey(
    string Backbone, string BackboneSha256, string Preprocessing, string Precision, string DatasetHash,
    string Resizer)
{
    /// <summary>To be raised when a backbone's arithmetic or the rounding of images changes.</summary>
    private const string Version = "features/1";

    /// <summary>The key of a set's features.</summary>
    public static FeatureKey Of(IBackbone backbone, IImageSet images) => new(
        backbone.Name, backbone.Sha256, backbone.Preprocessing, backbone.Precision, images.ContentHash,
        images.Resizer);

    /// <summary>One line a field, each with its length, so that no two keys have one text.</summary>
    public string Text
    {
        get
        {
            string[] fields =
            [
                Version, Backbone, BackboneSha256, Preprocessing, Precision, DatasetHash, Resizer,
                MetricProtocol.EightBit,
            ];
            return string.Concat(fields.Select(part => $"{part.Length}:{part}\n"));
        }
    }

    /// <summary>The name of a file in the cache.</summary>
    /// <param name="kind">What of the features it holds: <c>features</c> or <c>moments</c>.</param>
    public string FileName(string kind)
    {
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)));
        return $"{kind}-{digest[..32]}.safetensors";
    }
}
