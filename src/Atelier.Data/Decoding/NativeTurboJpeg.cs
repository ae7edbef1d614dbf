using System.Runtime.InteropServices;

namespace Atelier.Data.Decoding;

/// <summary>
/// The entry points of libturbojpeg 2.1 that are used. <c>unsigned long</c> is 64 bits wide on Linux.
/// </summary>
internal static unsafe partial class NativeTurboJpeg
{
    public const int PixelRgb = 0;
    public const int PixelGrey = 6;
    public const int PixelCmyk = 11;
    public const int StopOnWarning = 8192;
    public const int LimitScans = 32768;

    private const string Library = "libturbojpeg.so.0";

    [LibraryImport(Library, EntryPoint = "tjInitDecompress")]
    public static partial nint InitDecompress();

    [LibraryImport(Library, EntryPoint = "tjDestroy")]
    public static partial int Destroy(nint handle);

    [LibraryImport(Library, EntryPoint = "tjDecompressHeader3")]
    public static partial int DecompressHeader(nint handle, byte* data, nuint length, int* width, int* height,
        int* subsampling, int* colourSpace);

    [LibraryImport(Library, EntryPoint = "tjDecompress2")]
    public static partial int Decompress(nint handle, byte* data, nuint length, byte* output, int width,
        int pitch,
        int height, int pixelFormat, int flags);

    [LibraryImport(Library, EntryPoint = "tjGetErrorStr2")]
    public static partial nint ErrorText(nint handle);
}
