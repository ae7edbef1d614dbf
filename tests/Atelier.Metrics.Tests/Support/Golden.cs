using System.Runtime.InteropServices;
using Atelier.Torch.Safetensors;

namespace Atelier.Metrics.Tests;

/// <summary>Reads stored inputs; where the numbers come from stands in Golden/README.md.</summary>
internal static class Golden
{
    public static float[] Floats(string file, string tensor)
    {
        using var opened = Open(file);
        return MemoryMarshal.Cast<byte, float>(opened.ReadBytes(tensor)).ToArray();
    }

    public static Torch.Tensor Tensor(string file, string tensor)
    {
        using var opened = Open(file);
        return opened.Read(tensor);
    }

    /// <summary>The real and the generated features of a case, [N, D] and [M, D].</summary>
    public static (Torch.Tensor Real, Torch.Tensor Fake) Features(string name) =>
        (Tensor(name + "_real.safetensors", "features"), Tensor(name + "_fake.safetensors", "features"));

    /// <summary>The classes of a case, [N] and [M].</summary>
    public static (Torch.Tensor Real, Torch.Tensor Fake) Classes(string name) =>
        (Tensor(name + "_real.safetensors", "y"), Tensor(name + "_fake.safetensors", "y"));

    private static SafetensorsFile Open(string file) =>
        SafetensorsFile.Open(Path.Combine(AppContext.BaseDirectory, "Golden", file));
}
