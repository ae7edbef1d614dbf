using Atelier.Torch;

namespace Atelier.Training.Benchmarks;

/// <summary>Work that a device does after the call that asked for it has returned.</summary>
internal static class DeviceWork
{
    /// <summary>What waits until a device has done all that it was asked for; null for the
    /// processor.</summary>
    public static Action? WaitOn(Device device)
    {
        if (device.Type == DeviceType.Cpu) return null;
        return () =>
        {
            using var scope = new TensorScope();
            // Reading a number back waits for everything before it in the stream.
            _ = Tensor.Zeros([1], device: device).Item();
        };
    }
}
