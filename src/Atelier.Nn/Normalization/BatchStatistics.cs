using Atelier.Torch;

namespace Atelier.Nn;

/// <summary>
/// The normalisation inside every BatchNorm: by the batch's mean and variance while training (running
/// averages follow with momentum 0.1, the variance unbiased, as in PyTorch), by the running ones in
/// evaluation.
/// </summary>
public sealed class BatchStatistics : Module, IBatchStatistics
{
    private const double Momentum = 0.1;
    private readonly double epsilon;
    private readonly Tensor runningMean;
    private readonly Tensor runningVariance;
    private Tensor? pooledMean;
    private Tensor? pooledSquare;
    private int passes;

    /// <summary>Creates running statistics of mean 0 and variance 1.</summary>
    public BatchStatistics(long channels, double epsilon)
    {
        this.epsilon = epsilon;
        using var scope = new TensorScope();
        runningMean = Buffer("running_mean", Tensor.Zeros([channels]));
        runningVariance = Buffer("running_var", Tensor.Ones([channels]));
    }

    /// <param name="input">[N, C, H, W].</param>
    /// <param name="gain">[C], or null for 1.</param>
    /// <param name="bias">[C], or null for 0.</param>
    /// <returns>(input - mean) / sqrt(variance + epsilon) * gain + bias, [N, C, H, W].</returns>
    public Tensor Normalize(Tensor input, Tensor? gain = null, Tensor? bias = null)
    {
        if (pooledMean is not null && IsTraining)
        {
            Pool(input);
            return Aten.BatchNorm(input, gain, bias, null, null, true, Momentum, epsilon, false);
        }

        return Aten.BatchNorm(
            input, gain, bias, runningMean, runningVariance, IsTraining, Momentum, epsilon, false);
    }

    /// <inheritdoc/>
    public void BeginStandingStatistics()
    {
        DropPool();
        using var scope = new TensorScope();
        // Double precision, because E[x²] - E[x]² cancels.
        pooledMean = runningMean.ZerosLike(DType.Float64).DetachFromScope();
        pooledSquare = runningMean.ZerosLike(DType.Float64).DetachFromScope();
        passes = 0;
    }

    /// <inheritdoc/>
    public void EndStandingStatistics()
    {
        if (pooledMean is not null && pooledSquare is not null && passes > 0)
        {
            using var noGrad = new NoGradScope();
            using var scope = new TensorScope();
            var mean = pooledMean / passes;
            runningMean.CopyInPlace(mean);
            runningVariance.CopyInPlace((pooledSquare / passes - mean * mean).ClampMin(0));
        }

        DropPool();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        DropPool();
        base.Dispose(disposing);
    }

    private void Pool(Tensor input)
    {
        using var noGrad = new NoGradScope();
        using var scope = new TensorScope();
        var (variance, mean) = input.Detach().To(DType.Float32).VarMean([0, 2, 3], unbiased: false);
        var exactMean = mean.To(DType.Float64);
        pooledMean!.AddInPlace(exactMean);
        pooledSquare!.AddInPlace(variance.To(DType.Float64) + exactMean * exactMean);
        passes++;
    }

    private void DropPool()
    {
        pooledMean?.Dispose();
        pooledSquare?.Dispose();
        pooledMean = pooledSquare = null;
    }
}
