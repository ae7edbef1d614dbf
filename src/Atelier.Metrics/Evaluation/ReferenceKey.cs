using System.Security.Cryptography;
using System.Text;

namespace Atelier.Metrics;

/// <summary>What the moments of real images depend on.</summary>
internal sealed record ReferenceKey(
    string Backbone, string BackboneSha256, string DatasetHash, string Resizer, string Precision,
    string Preprocessing)
{
    private const string Version = "moments/1";

    /// <summary>One line a field, each with its length, so that no two keys have one text.</summary>
    public string Text
    {
        get
        {
            string[] fields =
            [
                Version, Backbone, BackboneSha256, DatasetHash, Resizer, Precision, MetricProtocol.EightBit,
                Preprocessing,
            ];
            return string.Concat(fields.Select(part => $"{part.Length}:{part}\n"));
        }
    }

    /// <summary>The name of the file in the cache.</summary>
    public string FileName
    {
        get
        {
            var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)));
            return $"moments-{digest[..32]}.safetensors";
        }
    }
}
