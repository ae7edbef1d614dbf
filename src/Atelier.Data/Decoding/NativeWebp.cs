using System.Runtime.InteropServices;

namespace Atelier.Data.Decoding;

/// <summary>The entry points of libwebp 1.2 that are used.</summary>
internal static unsafe partial class NativeWebp
{
    /// <summary>WEBP_DECODER_ABI_VERSION; the library refuses another major number.</summary>
    public const int AbiVersion = 0x0209;

    private const string Library = "libwebp.so.7";

    [LibraryImport(Library, EntryPoint = "WebPGetFeaturesInternal")]
    public static partial int GetFeatures(byte* data, nuint length, Features* features, int abiVersion);

    [LibraryImport(Library, EntryPoint = "WebPDecodeRGBInto")]
    public static partial byte* DecodeRgb(byte* data, nuint length, byte* output, nuint outputLength,
        int stride);

    [LibraryImport(Library, EntryPoint = "WebPDecodeRGBAInto")]
    public static partial byte* DecodeRgba(byte* data, nuint length, byte* output, nuint outputLength,
        int stride);

    /// <summary>struct WebPBitstreamFeatures.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Features
    {
        public int Width;
        public int Height;
        public int HasAlpha;
        public int HasAnimation;
        public int Format;
        public fixed uint Padding[5];
    }
}
