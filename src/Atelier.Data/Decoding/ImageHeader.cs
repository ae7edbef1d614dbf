namespace Atelier.Data.Decoding;

/// <summary>What the header of an image says, before anything is decoded or allocated.</summary>
/// <param name="Format">The file format.</param>
/// <param name="Width">Pixels in a row as stored, before the EXIF orientation is applied.</param>
/// <param name="Height">Rows as stored.</param>
/// <param name="Channels">Colour channels without alpha: 1 grey, 3 colour.</param>
/// <param name="HasAlpha">An alpha channel, or a transparent colour (tRNS).</param>
/// <param name="BitDepth">Bits of one sample; 8 for everything but some PNG files.</param>
public readonly record struct ImageHeader(
    ImageFormat Format, int Width, int Height, int Channels, bool HasAlpha, int BitDepth);
