using System.Runtime.InteropServices;
using System.Text;

namespace Atelier.Torch.Native;

/// <summary>Text across the boundary, in UTF-8.</summary>
internal static unsafe class NativeText
{
    /// <summary>The bytes of a text, without a terminator.</summary>
    public static byte[] Utf8(string? text) => text is null ? [] : Encoding.UTF8.GetBytes(text);

    /// <summary>Reads a terminated text that libtorch owns.</summary>
    public static string Read(byte* text) => Marshal.PtrToStringUTF8((nint)text) ?? "";
}
