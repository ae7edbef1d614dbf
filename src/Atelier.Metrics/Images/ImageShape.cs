namespace Atelier.Metrics;

/// <summary>What one image is.</summary>
/// <param name="Channels">C.</param>
/// <param name="Height">H, in pixels.</param>
/// <param name="Width">W, in pixels.</param>
internal readonly record struct ImageShape(int Channels, int Height, int Width)
{
    /// <summary>Bytes of one image.</summary>
    public int Bytes => Channels * Height * Width;

    public static ImageShape Of(IImageSet images) => new(images.Channels, images.Height, images.Width);

    public static ImageShape Of(BackboneInput input) => 
        new(input.Channels, input.Size.Height, input.Size.Width);

    public override string ToString() =>
        FormattableString.Invariant($"{Channels} x {Height} x {Width}");
}
