namespace Atelier.Data.Decoding;

/// <summary>What to do with images that have transparency.</summary>
public enum AlphaRule
{
    /// <summary>Such images are refused.</summary>
    Refuse,

    /// <summary>Laid over white.</summary>
    White,

    /// <summary>Laid over black.</summary>
    Black,

    /// <summary>The alpha channel is thrown away, and the colours under it show.</summary>
    Drop,
}
