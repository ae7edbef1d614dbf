using System.Runtime.InteropServices;

namespace Atelier.Data.Decoding;

/// <summary>The entry points of libspng 0.7 that are used.</summary>
internal static unsafe partial class NativeSpng
{
    public const int FormatRgba8 = 1;
    public const int FormatRgba16 = 2;
    public const int FormatRgb8 = 4;
    public const int FormatG8 = 64;

    /// <summary>The samples as the file has them, 16 bits in the machine's byte order.</summary>
    public const int FormatPng = 256;

    public const int DecodeTransparency = 1;

    private const string Library = "libspng.so.0";

    [LibraryImport(Library, EntryPoint = "spng_ctx_new")]
    public static partial nint ContextNew(int flags);

    [LibraryImport(Library, EntryPoint = "spng_ctx_free")]
    public static partial void ContextFree(nint context);

    [LibraryImport(Library, EntryPoint = "spng_set_image_limits")]
    public static partial int SetImageLimits(nint context, uint width, uint height);

    [LibraryImport(Library, EntryPoint = "spng_set_chunk_limits")]
    public static partial int SetChunkLimits(nint context, nuint chunkBytes, nuint cacheBytes);

    [LibraryImport(Library, EntryPoint = "spng_set_png_buffer")]
    public static partial int SetBuffer(nint context, byte* data, nuint length);

    [LibraryImport(Library, EntryPoint = "spng_decoded_image_size")]
    public static partial int DecodedSize(nint context, int format, nuint* length);

    [LibraryImport(Library, EntryPoint = "spng_decode_image")]
    public static partial int DecodeImage(nint context, byte* output, nuint length, int format, int flags);

    [LibraryImport(Library, EntryPoint = "spng_decode_chunks")]
    public static partial int DecodeChunks(nint context);

    [LibraryImport(Library, EntryPoint = "spng_strerror")]
    public static partial nint ErrorText(int error);
}
