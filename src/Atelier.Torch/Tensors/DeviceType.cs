namespace Atelier.Torch;

/// <summary>Kinds of devices, with ATen's own numbers.</summary>
public enum DeviceType : sbyte
{
    /// <summary>The host.</summary>
    Cpu = 0,

    /// <summary>An NVIDIA GPU.</summary>
    Cuda = 1,
}
