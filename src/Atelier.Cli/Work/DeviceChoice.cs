using Atelier.Torch;

namespace Atelier.Cli.Work;

/// <summary>Checks --device against what the loaded libtorch has.</summary>
internal static class DeviceChoice
{
    /// <summary>Fails when a GPU is asked for.</summary>
    /// <exception cref="AtelierException">There is none, or this command runs on the CPU alone.</exception>
    public static void Check(string? device)
    {
        if (device is null or "cpu") return;
        var count = TorchRuntime.CudaDeviceCount;
        throw new AtelierException(
            FailureKind.Preflight,
            count == 0
                ? $"--device {device}: libtorch {TorchRuntime.Version} sees no CUDA device. Use " +
                  "--device cpu, or name a CUDA libtorch with ATELIER_LIBTORCH."
                : $"--device {device}: this version trains and samples on the CPU only. Use --device cpu.");
    }
}
