namespace Atelier.Data.Decoding;

/// <summary>Which images may enter a dataset, and how they are brought to its channel count.</summary>
/// <param name="OnGrey">What to do with grey images (<c>--on-grey</c>).</param>
/// <param name="OnAlpha">What to do with transparency (<c>--on-alpha</c>).</param>
public sealed record ImagePolicy(GreyRule OnGrey = GreyRule.Refuse, AlphaRule OnAlpha = AlphaRule.Refuse)
{
    /// <summary>
    /// Why an image is not admitted by its header alone, or null when it is; channel counts are not compared.
    /// </summary>
    public string? Refusal(ImageHeader header) => header.HasAlpha && OnAlpha == AlphaRule.Refuse
        ? "it has transparency; pass --on-alpha white, black or drop to say what shall lie behind it"
        : null;

    /// <summary>
    /// The channel count of a dataset, from how many of its images are grey and how many are coloured.
    /// </summary>
    /// <returns>1 or 3; with <see cref="GreyRule.Refuse"/> the majority decides and the others are
    /// refused.</returns>
    public int ChannelsFor(int greyImages, int colourImages) => OnGrey switch
    {
        GreyRule.Rgb => 3,
        GreyRule.Keep => greyImages > 0 ? 1 : 3,
        _ => colourImages >= greyImages ? 3 : 1,
    };

    /// <summary>Why an image does not fit a dataset of so many channels, or null when it does.</summary>
    public string? ChannelRefusal(int imageChannels, int datasetChannels)
    {
        if (imageChannels == datasetChannels || (imageChannels == 1 && OnGrey == GreyRule.Rgb))
            return null;
        return imageChannels == 1
            ? "a grey image among coloured ones; pass --on-grey rgb to take it as colour"
            : "a coloured image among grey ones; pass --on-grey rgb to take all of them as colour";
    }

    /// <summary>Removes alpha by the rule and widens grey, so that the image has so many channels.</summary>
    /// <exception cref="BadImageException">The policy does not admit the image.</exception>
    public RasterImage Apply(RasterImage image, int channels)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (image.HasAlpha)
        {
            if (OnAlpha == AlphaRule.Refuse)
                throw new BadImageException("it has transparency");
            image = Flatten(image);
        }

        if (ChannelRefusal(image.Channels, channels) is { } reason)
            throw new BadImageException(reason);
        return image.Channels == channels ? image : Widen(image);
    }

    private RasterImage Flatten(RasterImage image)
    {
        var (from, to) = (image.Channels, image.Channels - 1);
        var pixels = GC.AllocateUninitializedArray<byte>(image.Width * image.Height * to);
        var background = OnAlpha == AlphaRule.White ? 255 : 0;
        for (int source = 0, target = 0; target < pixels.Length; source += from, target += to)
        {
            var alpha = OnAlpha == AlphaRule.Drop ? 255 : image.Pixels[source + to];
            for (var channel = 0; channel < to; channel++)
            {
                var sum = (image.Pixels[source + channel] * alpha) + (background * (255 - alpha));
                pixels[target + channel] = (byte)((sum + 127) / 255);
            }
        }

        return new RasterImage(image.Width, image.Height, to, pixels);
    }

    private static RasterImage Widen(RasterImage image)
    {
        var pixels = GC.AllocateUninitializedArray<byte>(image.Pixels.Length * 3);
        for (var i = 0; i < image.Pixels.Length; i++)
            pixels.AsSpan(3 * i, 3).Fill(image.Pixels[i]);
        return new RasterImage(image.Width, image.Height, 3, pixels);
    }
}
