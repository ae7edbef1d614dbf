namespace Atelier.Torch.Tests;

public sealed class CudaGraphTests
{
    [Fact]
    public void Constructor_WithoutCuda_SaysWhatToBuild()
    {
        Assert.SkipWhen(TorchRuntime.CudaAvailable, "libtorch sees a CUDA device");

        var error = Assert.Throws<TorchException>(static () => new CudaGraph());

        Assert.Contains(
            "build the native library against a libtorch with CUDA", error.Message, StringComparison.Ordinal);
    }
}
