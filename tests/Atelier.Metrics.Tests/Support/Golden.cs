using System.Runtime.InteropServices;
using Atelier.Torch.Safetensors;

namespace Atelier.Metrics.Tests;

/// <summary>Reads stored inputs; where the numbers come from stands in Golden/README.md.</summary>
internal static class Golden
{
    public static float[] Floats(string file, string tensor)
    {
        using var opened = SafetensorsFile.Open(Path.Combine(AppContext.BaseDirectory, "Golden", file));
        return MemoryMarshal.Cast<byte, float>(opened.ReadBytes(tensor)).ToArray();
    }
}
