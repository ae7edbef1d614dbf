namespace Atelier.Torch;

/// <content>From the host to a GPU.</content>
public sealed unsafe partial class Tensor
{
    /// <summary>
    /// This tensor on a device. To a GPU it goes through pinned memory, and the host does not wait for the
    /// copy: what is computed there from it does.
    /// </summary>
    public Tensor Send(Device device)
    {
        if (device.Type == DeviceType.Cpu || Device.Type != DeviceType.Cpu) return To(device, DType);
        using var scope = new TensorScope();
        return scope.Keep(PinMemory().To(device, DType, nonBlocking: true));
    }
}
