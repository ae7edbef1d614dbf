using Atelier.Torch;

namespace Atelier.Cli.Work;

/// <summary>Holds --device against what the loaded libtorch has.</summary>
internal static class DeviceChoice
{
    /// <summary>The device that is meant: the first GPU, or else the processor, where none is
    /// named.</summary>
    /// <exception cref="AtelierException">It is not there.</exception>
    public static Device Settle(string? device)
    {
        if (device is null) return TorchRuntime.CudaAvailable ? Device.Cuda() : Device.Cpu;
        var wanted = Device.Parse(device);
        if (wanted.Type == DeviceType.Cpu) return wanted;
        var count = TorchRuntime.CudaDeviceCount;
        if (wanted.Index < count) return wanted;
        throw new AtelierException(
            FailureKind.Preflight,
            count == 0
                ? Missing(device)
                : $"--device {device}: there are {count} CUDA devices, counted from 0. Use a smaller " +
                  "number.");
    }

    /// <summary>Fails when a GPU is asked of a command that runs on the processor alone.</summary>
    /// <exception cref="AtelierException">There is none, or this command does not use it.</exception>
    public static void Check(string? device)
    {
        if (device is null or "cpu") return;
        throw new AtelierException(
            FailureKind.Preflight,
            TorchRuntime.CudaDeviceCount == 0
                ? Missing(device)
                : $"--device {device}: this command runs on the CPU only. Use --device cpu.");
    }

    private static string Missing(string device) =>
        $"--device {device}: libtorch {TorchRuntime.Version} sees no CUDA device. Use --device cpu, or " +
        "name a CUDA libtorch with ATELIER_LIBTORCH.";
}
