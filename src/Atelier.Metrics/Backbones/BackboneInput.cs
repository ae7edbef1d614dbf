namespace Atelier.Metrics;

/// <summary>What images a backbone takes: float32 [N, Channels, H, W] with values from -1 to 1.</summary>
/// <param name="Channels">1 for grey, 3 for colour.</param>
/// <param name="Size">Width and height in pixels; a number means a square.</param>
public sealed record BackboneInput(int Channels, ImageSize Size)
{
    /// <summary>The smallest value of a pixel.</summary>
    public const double Minimum = -1;

    /// <summary>The largest value of a pixel.</summary>
    public const double Maximum = 1;

    /// <summary>Bytes of one image when it is stored as uint8.</summary>
    public int ImageBytes => Channels * Size.Height * Size.Width;
}
