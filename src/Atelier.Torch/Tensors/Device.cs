using System.Globalization;

namespace Atelier.Torch;

/// <summary>Where a tensor lives.</summary>
/// <param name="Type">Host or GPU.</param>
/// <param name="Index">The GPU's number; -1 for the host.</param>
public readonly record struct Device(DeviceType Type, int Index)
{
    /// <summary>The host.</summary>
    public static Device Cpu => new(DeviceType.Cpu, -1);

    /// <summary>A GPU by its number.</summary>
    public static Device Cuda(int index = 0) => new(DeviceType.Cuda, index);

    /// <summary>Reads `cpu`, `cuda` or `cuda:N`.</summary>
    /// <exception cref="AtelierException">The text is none of these.</exception>
    public static Device Parse(string text)
    {
        if (text == "cpu") return Cpu;
        if (text == "cuda") return Cuda();
        if (text.StartsWith("cuda:", StringComparison.Ordinal) &&
            int.TryParse(text.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                && index < 128)
            return Cuda(index);
        throw new AtelierException(
            FailureKind.Usage, $"The device is '{text}'; expected cpu, cuda or cuda:N.");
    }

    /// <summary>The form that <see cref="Parse"/> reads.</summary>
    public override string ToString() =>
        Type == DeviceType.Cpu
            ? "cpu"
            : string.Create(CultureInfo.InvariantCulture, $"cuda:{Math.Max(Index, 0)}");
}
