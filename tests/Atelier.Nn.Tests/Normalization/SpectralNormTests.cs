using Atelier.Torch;

namespace Atelier.Nn.Tests;

public sealed class SpectralNormTests : NnTest
{
    private static readonly SpectralNormOptions Defaults = new();

    // u = [1, 0]: v = [1, 2, 0] / √5, v Wᵀ = [5, 2] / √5, so u becomes [5, 2] / √29 and sigma √(29 / 5).
    private static readonly double[] Wide = [1, 2, 0, 0, 1, -1];

    [Fact]
    public void Normalize_OfADiagonalMatrixAfterManyPasses_DividesByTheLargestEntry()
    {
        using var norm = new SpectralNorm(3, Defaults, new Generator(Device.Cpu, 3));
        double[] weight = [3, 0, 0, 0, -5, 0, 0, 0, 2];
        var matrix = Of(weight, 3, 3);
        for (var pass = 0; pass < 60; pass++) norm.Normalize(matrix);

        AssertClose([.. weight.Select(static w => w / 5)], norm.Normalize(matrix), Rounding);
        AssertClose([5], norm.Find("sigma"), Rounding);
    }

    [Fact]
    public void Normalize_InOnePass_TakesOnePowerIteration()
    {
        using var norm = Started(Defaults);

        var result = norm.Normalize(Of(Wide, 2, 3));

        var sigma = Math.Sqrt(29.0 / 5);
        AssertClose([5 / Math.Sqrt(29), 2 / Math.Sqrt(29)], norm.Find("u"), Rounding);
        AssertClose([sigma], norm.Find("sigma"), Rounding);
        AssertClose([.. Wide.Select(w => w / sigma)], result, Rounding);
    }

    [Fact]
    public void Normalize_WithThreeSingularValues_FindsThemInOrderAndDividesByTheFirst()
    {
        using var norm = new SpectralNorm(
            4, Defaults with { SingularValues = 3 }, new Generator(Device.Cpu, 3));
        // Singular values 5, 3, 2 and 1, in no order, with signs.
        var matrix = Of([3, 0, 0, 0, 0, -5, 0, 0, 0, 0, 1, 0, 0, 0, 0, 2], 4, 4);
        for (var pass = 0; pass < 80; pass++) norm.Normalize(matrix);

        var result = norm.Normalize(matrix);

        AssertClose([5], norm.Find("sigma"), Rounding);
        AssertClose([3], norm.Find("sigma1"), Rounding);
        AssertClose([2], norm.Find("sigma2"), Rounding);
        AssertClose([0], norm.Find("u1").Matmul(norm.Find("u2").T()), Rounding);
        Assert.Equal(-1, result.Select(0, 1).Select(0, 1).Item(), Rounding);
    }

    [Fact]
    public void Normalize_WithThreeSingularValues_LeavesTheFirstAsItIsAlone()
    {
        using var alone = Started(Defaults);
        using var first = Started(Defaults with { SingularValues = 2 });
        var matrix = Of(Wide, 2, 3);

        Assert.Equal(0, MaxDifference(alone.Normalize(matrix), first.Normalize(matrix)));
        Assert.Equal(0, MaxDifference(alone.Find("u"), first.Find("u")));
    }

    [Fact]
    public void Normalize_WithTwoIterations_EqualsTwoPassesOfOne()
    {
        using var once = Started(Defaults);
        using var twice = Started(Defaults with { Iterations = 2 });
        var matrix = Of(Wide, 2, 3);
        once.Normalize(matrix);

        Assert.Equal(0, MaxDifference(once.Normalize(matrix), twice.Normalize(matrix)));
    }

    [Fact]
    public void Normalize_InEvaluationWithManyIterations_TakesOneAsTheReferenceDoes()
    {
        using var once = Started(Defaults);
        using var often = Started(Defaults with { Iterations = 5 });
        once.Train(false);
        often.Train(false);
        var matrix = Of(Wide, 2, 3);

        Assert.Equal(0, MaxDifference(once.Normalize(matrix), often.Normalize(matrix)));
    }

    [Fact]
    public void Normalize_InEvaluation_LeavesItsStateAndGivesTheSameAgain()
    {
        using var norm = Started(Defaults);
        norm.Train(false);
        var matrix = Of(Wide, 2, 3);

        var first = norm.Normalize(matrix);

        Assert.Equal([1, 0], norm.Find("u").Values());
        Assert.Equal([1], norm.Find("sigma").Values());
        Assert.Equal(0, MaxDifference(first, norm.Normalize(matrix)));
    }

    [Fact]
    public void Normalize_OfConvolutionWeights_FlattensToOneRowAnOutput()
    {
        using var flat = Started(Defaults);
        using var deep = Started(Defaults);
        var values = ModuleState.Ramp(12);

        var matrix = flat.Normalize(Of(values, 2, 6));
        var kernel = deep.Normalize(Of(values, 2, 2, 1, 3));

        Assert.Equal([2, 2, 1, 3], kernel.Shape);
        Assert.Equal(0, MaxDifference(matrix, kernel.Reshape([2, 6])));
    }

    [Fact]
    public void Gradient_OfANormalizedWeight_FlowsThroughSigmaAsUTransposedV()
    {
        using var norm = Started(Defaults);
        var weight = Of(Wide, 2, 3);
        weight.RequiresGrad = true;
        double[] upstream = [0.5, -1, 2, 3, 0.25, -0.75];

        Autograd.Backward(norm.Normalize(weight), Of(upstream, 2, 3));

        // d/dW sum(C * W / sigma) = C / sigma - sum(C * W) / sigma² * uᵀv
        var sigma = Math.Sqrt(29.0 / 5);
        double[] u = [5 / Math.Sqrt(29), 2 / Math.Sqrt(29)];
        double[] v = [1 / Math.Sqrt(5), 2 / Math.Sqrt(5), 0];
        var inner = upstream.Zip(Wide, static (c, w) => c * w).Sum();
        var expected = upstream.Select((c, k) => c / sigma - inner / (sigma * sigma) * u[k / 3] * v[k % 3]);
        AssertClose([.. expected], weight.Grad!, Rounding);
    }

    [Fact]
    public void Gradient_OnceThePowerIterationHasSettled_EqualsFiniteDifferencesOfTheTrueQuotient()
    {
        using var norm = Started(Defaults);
        double[] weight = [2, -1, 0.5, 3];
        var matrix = Of(weight, 2, 2);
        for (var pass = 0; pass < 100; pass++) norm.Normalize(matrix);
        norm.Train(false);
        matrix.RequiresGrad = true;
        double[] upstream = [1, 0.5, -2, 0.25];

        Autograd.Backward(norm.Normalize(matrix), Of(upstream, 2, 2));

        const double step = 1e-5;
        double[] Moved(int k, double by) => [.. weight.Select((w, i) => i == k ? w + by : w)];
        double Loss(double[] w) => upstream.Zip(w, static (c, x) => c * x).Sum() / LargestSingularValue(w);
        var expected = Enumerable.Range(0, 4)
            .Select(k => (Loss(Moved(k, step)) - Loss(Moved(k, -step))) / (2 * step));
        AssertClose([.. expected], matrix.Grad!, Rounding);
    }

    [Fact]
    public void Normalize_OfAZeroMatrix_IsZeroWithFiniteGradients()
    {
        using var norm = Started(Defaults);
        var weight = Tensor.Zeros([2, 3]);
        weight.RequiresGrad = true;

        var result = norm.Normalize(weight);
        Autograd.Backward(result.Sum());

        Assert.All(result.Values(), static value => Assert.Equal(0, value));
        Assert.All(weight.Grad!.Values(), static value => Assert.True(double.IsFinite(value)));
    }

    [Fact]
    public void Normalize_AfterAZeroMatrix_StillHasADirectionToStartFrom()
    {
        using var norm = Started(Defaults);
        norm.Normalize(Tensor.Zeros([2, 3]));

        var result = norm.Normalize(Of(Wide, 2, 3));

        AssertClose([.. Wide.Select(static w => w / Math.Sqrt(29.0 / 5))], result, Rounding);
    }

    [Fact]
    public void Normalize_UnderBFloat16Autocast_StaysFloat32ToTheLastBit()
    {
        using var plain = Started(Defaults);
        using var cast = Started(Defaults);
        var matrix = Ramp(2, 3);
        var expected = plain.Normalize(matrix);

        using var policy = new PrecisionPolicy(Precision.BFloat16, DeviceType.Cpu).Enter();
        var result = cast.Normalize(matrix);

        Assert.Equal(DType.Float32, result.DType);
        Assert.Equal(expected.ToArray<float>(), result.ToArray<float>());
        Assert.Equal(plain.Find("u").ToArray<float>(), cast.Find("u").ToArray<float>());
    }

    private static SpectralNorm Started(SpectralNormOptions options)
    {
        var norm = new SpectralNorm(2, options, new Generator(Device.Cpu, 1));
        norm.Set("u", 1, 0);
        return norm;
    }

    /// <summary>sigma² is the larger root of t² - |W|² t + det² = 0 for a 2x2 matrix.</summary>
    private static double LargestSingularValue(double[] w)
    {
        var square = w.Sum(static x => x * x);
        var determinant = w[0] * w[3] - w[1] * w[2];
        return Math.Sqrt((square + Math.Sqrt(square * square - 4 * determinant * determinant)) / 2);
    }
}
