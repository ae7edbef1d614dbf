using Atelier.Torch;

namespace Atelier.Nn;

/// <summary>
/// What convolutions and matrix products are computed in; weights and statistics stay float32.
/// </summary>
public enum Precision
{
    /// <summary>float32 throughout.</summary>
    Float32,

    /// <summary>
    /// bfloat16 by autocast. A processor without units for it stores it and computes in float32: less memory,
    /// about the same time.
    /// </summary>
    BFloat16,

    /// <summary>float16 by autocast, with scaled losses; on GPUs alone.</summary>
    Float16,
}
