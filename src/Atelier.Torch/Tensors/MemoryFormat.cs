namespace Atelier.Torch;

/// <summary>How the elements of a tensor lie in memory, with ATen's own numbers.</summary>
public enum MemoryFormat : sbyte
{
    /// <summary>Row-major: NCHW for images.</summary>
    Contiguous = 0,

    /// <summary>As the input lies.</summary>
    Preserve = 1,

    /// <summary>NHWC in memory with NCHW indices; the faster layout for convolutions.</summary>
    ChannelsLast = 2,
}
