using Atelier.Torch;

[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Atelier.Tests;

/// <summary>Base of every test that makes tensors: nothing of the test may be alive after it.</summary>
public abstract class TensorTest : IDisposable
{
    private readonly long liveBefore;
    private readonly TensorScope scope;
    private string? folder;

    protected TensorTest()
    {
        TorchRuntime.EnsureLoaded();
        liveBefore = Tensor.LiveCount;
        scope = new TensorScope();
    }

    /// <summary>A folder for this test alone, deleted at its end.</summary>
    protected string Folder =>
        folder ??= Directory.CreateTempSubdirectory("atelier-test-").FullName;

    public void Dispose()
    {
        scope.Dispose();
        GC.SuppressFinalize(this);
        if (folder is not null) Directory.Delete(folder, recursive: true);
        Assert.Equal(liveBefore, Tensor.LiveCount);
    }

    /// <summary>Asserts equal shapes and elements that differ by no more than a tolerance.</summary>
    protected static void AssertClose(double[] expected, Tensor actual, double tolerance)
    {
        var values = actual.Detach().To(DType.Float64).ToArray<double>();
        Assert.Equal(expected.Length, values.Length);
        for (var k = 0; k < expected.Length; k++)
            Assert.True(
                Math.Abs(expected[k] - values[k]) <= tolerance,
                $"element {k}: expected {expected[k]:R}, got {values[k]:R}, tolerance {tolerance:R}");
    }

    /// <summary>The largest absolute difference of two tensors of one shape.</summary>
    protected static double MaxDifference(Tensor expected, Tensor actual)
    {
        Assert.Equal(expected.Shape, actual.Shape);
        if (expected.NumberOfElements == 0) return 0;
        return (expected.Detach().To(DType.Float64) - actual.Detach().To(DType.Float64)).Abs().Max().Item();
    }
}
