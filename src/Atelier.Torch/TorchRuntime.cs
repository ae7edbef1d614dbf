using System.Globalization;
using System.Runtime.CompilerServices;
using Atelier.Torch.Native;

namespace Atelier.Torch;

/// <summary>The loaded libtorch: its version, threads and devices.</summary>
public static unsafe class TorchRuntime
{
    private const int AbiVersion = 3;
    private const long HeldBytes = 1L << 30;
    private static readonly Lock Gate = new();
    private static volatile bool isLoaded;
    private static bool isRegistered;

    /// <summary>libtorch's version as it names itself, for instance 1.13.0.</summary>
    public static string Version
    {
        get
        {
            EnsureLoaded();
            _ = NativeMethods.LibtorchVersion(out var text);
            return NativeText.Read(text);
        }
    }

    /// <summary>
    /// The threads of one operator on the CPU; at load, ATELIER_THREADS or else one a core.
    /// </summary>
    public static int ThreadCount
    {
        get
        {
            EnsureLoaded();
            NativeStatus.Check(NativeMethods.ThreadsGet(out var count));
            return count;
        }

        set
        {
            EnsureLoaded();
            NativeStatus.Check(NativeMethods.ThreadsSet(value));
        }
    }

    /// <summary>The CUDA devices that libtorch sees; 0 for a CPU build.</summary>
    public static int CudaDeviceCount
    {
        get
        {
            EnsureLoaded();
            NativeStatus.Check(NativeMethods.CudaDeviceCount(out var count));
            return count;
        }
    }

    /// <summary>True when a CUDA device can be used.</summary>
    public static bool CudaAvailable => CudaDeviceCount > 0;

    /// <summary>Asks for kernels that repeat to the last bit. On the CPU they do anyway.</summary>
    public static void UseDeterministicKernels(bool enabled)
    {
        EnsureLoaded();
        NativeStatus.Check(NativeMethods.DeterministicSet(enabled ? 1 : 0));
    }

    /// <summary>
    /// Loads libtorch once, checks the ABI and sets the thread count. Costs about 0.4 s the first time.
    /// </summary>
    /// <exception cref="AtelierException">The library is missing, does not load, or has another
    /// ABI.</exception>
    public static void EnsureLoaded()
    {
        if (isLoaded) return;
        lock (Gate)
        {
            if (isLoaded) return;
            NativeLibraryLocator.Load();
            if (!isRegistered) NativeLibraryLocator.Register();
            // Once a process, also when what follows fails and is tried again.
            isRegistered = true;
            CheckAbi();
            // libtorch picks a single thread by itself on some starts.
            NativeStatus.Check(NativeMethods.ThreadsSet(WantedThreads()));
            NativeStatus.Check(NativeMethods.AllocatorHold(HeldBytes));
            isLoaded = true;
        }
    }

    private static void CheckAbi()
    {
        _ = NativeMethods.Abi(out var version, out var valueSize, out var infoSize);
        if (version == AbiVersion && valueSize == Unsafe.SizeOf<NativeValue>()
            && infoSize == sizeof(NativeTensorInfo))
            return;
        throw new AtelierException(
            FailureKind.Preflight,
            $"The native library has ABI {version} (structs of {valueSize} and {infoSize} bytes); this " +
            $"program needs ABI {AbiVersion} ({Unsafe.SizeOf<NativeValue>()} and " +
            $"{sizeof(NativeTensorInfo)}). Remove .build/native and run ./atelier again so that it is " +
            "built anew.");
    }

    private static int WantedThreads()
    {
        var text = Environment.GetEnvironmentVariable("ATELIER_THREADS");
        if (string.IsNullOrEmpty(text)) return Environment.ProcessorCount;
        return int.TryParse(text, CultureInfo.InvariantCulture, out var count) && count is >= 1 and <= 1024
            ? count
            : throw new AtelierException(
                FailureKind.Usage, $"ATELIER_THREADS is '{text}'; expected a whole number from 1 to 1024.");
    }
}
