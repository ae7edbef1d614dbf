using Atelier.Torch;

namespace Atelier.Nn;

/// <summary>Opens the autocast that a precision asks for.</summary>
/// <param name="Precision">The precision of the heavy operators.</param>
/// <param name="Device">Where the network is.</param>
public sealed record PrecisionPolicy(Precision Precision, DeviceType Device)
{
    /// <summary>
    /// An open autocast scope for bfloat16 or float16, null for float32 (a using statement takes both).
    /// </summary>
    public AutocastScope? Enter() => Precision switch
    {
        Precision.BFloat16 => new AutocastScope(Device, DType.BFloat16),
        Precision.Float16 => new AutocastScope(Device, DType.Float16),
        _ => null,
    };
}
