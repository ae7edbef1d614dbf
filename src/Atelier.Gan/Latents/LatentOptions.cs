using System.Text.Json;

namespace Atelier.Gan;

/// <summary>A latent law's name and numbers; a number that its law does not know is not looked at.</summary>
/// <param name="Name">Its name in the <see cref="LatentCatalogue"/>.</param>
public sealed record LatentOptions(string Name)
{
    /// <summary>Of <c>normal</c>: the variance of every component; null for 1.</summary>
    public double? Variance { get; init; }

    /// <summary>Of <c>annealed_normal</c>: the variance in the first step; null for 2.</summary>
    public double? VarianceStart { get; init; }

    /// <summary>Of <c>annealed_normal</c>: the variance in the last step; null for 1.</summary>
    public double? VarianceEnd { get; init; }

    /// <summary>Of <c>variable_normal</c>: the least variance of a sample; null for 0.5.</summary>
    public double? VarianceLow { get; init; }

    /// <summary>Of <c>variable_normal</c>: the greatest variance of a sample; null for 1.5.</summary>
    public double? VarianceHigh { get; init; }

    /// <summary>N(0, 1).</summary>
    public static LatentOptions Normal { get; } = new("normal");

    /// <summary>The form in model files.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, ModelJson.Default.LatentOptions);

    /// <summary>Reads what <see cref="ToJson"/> wrote; null when it is something else.</summary>
    public static LatentOptions? FromJson(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, ModelJson.Default.LatentOptions) is { Name: not null } read
                ? read
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
