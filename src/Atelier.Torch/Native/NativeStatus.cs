using System.Diagnostics.CodeAnalysis;

namespace Atelier.Torch.Native;

/// <summary>Turns a status of the native side into an exception with libtorch's own words.</summary>
internal static unsafe class NativeStatus
{
    private const int OutOfMemory = 2;

    public static void Check(int status)
    {
        if (status != 0) Throw(status, null);
    }

    [DoesNotReturn]
    public static void Throw(int status, string? operatorName)
    {
        _ = NativeMethods.LastError(out var text);
        var message = NativeText.Read(text).TrimEnd();
        if (status == OutOfMemory)
            throw new AtelierException(
                FailureKind.OutOfMemory,
                $"Out of memory{In(operatorName)}: {message}. Use a smaller batch, or accumulate gradients " +
                "over more and smaller batches.");
        throw new TorchException($"libtorch refused the call{In(operatorName)}: {message}");
    }

    private static string In(string? operatorName) => operatorName is null ? "" : $" in {operatorName}";
}
