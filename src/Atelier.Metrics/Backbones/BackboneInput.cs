namespace Atelier.Metrics;

/// <summary>What images a backbone takes: float32 [N, Channels, Size, Size] with values from -1 to
/// 1.</summary>
/// <param name="Channels">1 for grey, 3 for colour.</param>
/// <param name="Size">Height and width in pixels.</param>
public sealed record BackboneInput(int Channels, int Size)
{
    /// <summary>The smallest value of a pixel.</summary>
    public const double Minimum = -1;

    /// <summary>The largest value of a pixel.</summary>
    public const double Maximum = 1;

    /// <summary>Bytes of one image when it is stored as uint8.</summary>
    public int ImageBytes => Channels * Size * Size;
}
