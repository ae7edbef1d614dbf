namespace Atelier.Data.Decoding;

/// <summary>What to do with grey images.</summary>
public enum GreyRule
{
    /// <summary>Grey images are fine among themselves; grey and colour together are refused.</summary>
    Refuse,

    /// <summary>Every grey image becomes a colour image with three equal channels.</summary>
    Rgb,

    /// <summary>As soon as one image is grey, the dataset has one channel, and coloured ones are
    /// refused.</summary>
    Keep,
}
