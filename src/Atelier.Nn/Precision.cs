using Atelier.Torch;

namespace Atelier.Nn;

/// <summary>
/// What convolutions and matrix products are computed in; weights and statistics stay float32.
/// </summary>
public enum Precision
{
    /// <summary>float32 throughout.</summary>
    Float32,

    /// <summary>bfloat16 by autocast: pays off where the processor has matrix units for it.</summary>
    BFloat16,

    /// <summary>float16 by autocast, with scaled losses; on GPUs alone.</summary>
    Float16,
}
