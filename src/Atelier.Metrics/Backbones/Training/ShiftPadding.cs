namespace Atelier.Metrics;

/// <summary>What comes in at the edge of an image that is shifted.</summary>
public enum ShiftPadding
{
    /// <summary>The byte 0.</summary>
    Zero,

    /// <summary>The image mirrored at its edge pixels, which are not repeated.</summary>
    Reflect,
}
