using Atelier.Torch;
using Atelier.Torch.Safetensors;

namespace Atelier.Gan.Tests;

/// <summary>Tensors of the Golden folder by name.</summary>
internal static class GoldenFile
{
    public static Dictionary<string, Tensor> Read(string name)
    {
        using var file = SafetensorsFile.Open(
            Path.Combine(AppContext.BaseDirectory, "Golden", name + ".safetensors"));
        return file.Names.ToDictionary(n => n, file.Read);
    }

    /// <summary>The tensors under a prefix, with the prefix cut and the rest renamed.</summary>
    public static Dictionary<string, Tensor> Under(
        this Dictionary<string, Tensor> tensors, string prefix, Func<string, string> rename) =>
        tensors.Where(t => t.Key.StartsWith(prefix, StringComparison.Ordinal))
            .ToDictionary(t => rename(t.Key[prefix.Length..]), t => t.Value);
}
