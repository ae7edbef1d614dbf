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

    /// <summary>
    /// How the sums of a training batch are added over replicas; null where there is one batch, whole.
    /// </summary>
    public IReplicaReduction? Replicas { get; set; }

    /// <summary>
    /// Of how many batches, equally long and one behind the other, a training pass is made. Each is
    /// normalised by its own statistics, and the running ones follow in order: all is as if the batches had
    /// been passed one after another.
    /// </summary>
    public int Batches { get; set; } = 1;

    /// <param name="input">[N, C, H, W].</param>
    /// <param name="gain">[C], or null for 1.</param>
    /// <param name="bias">[C], or null for 0.</param>
    /// <returns>(input - mean) / sqrt(variance + epsilon) * gain + bias, [N, C, H, W].</returns>
    public Tensor Normalize(Tensor input, Tensor? gain = null, Tensor? bias = null)
    {
        if (IsTraining && Batches > 1)
            return EachBatch(input, (batch, _) => NormalizeOne(batch, gain, bias));
        return NormalizeOne(input, gain, bias);
    }

    private Tensor NormalizeOne(Tensor input, Tensor? gain, Tensor? bias)
    {
        if (IsTraining && Replicas is { } replicas) return NormalizeAcross(replicas, input, gain, bias);
        var (mean, variance) = Running(input);
        return Aten.BatchNorm(input, gain, bias, mean, variance, IsTraining, Momentum, epsilon, false);
    }

    /// <summary>
    /// The larger of <see cref="Normalize"/> and 0, in one operator where statistics are of one batch.
    /// </summary>
    /// <param name="input">[N, C, H, W].</param>
    /// <param name="gain">[C], or [N, C] where each image has its own.</param>
    /// <param name="bias">As the gain.</param>
    /// <returns>[N, C, H, W].</returns>
    public Tensor NormalizeThenRelu(Tensor input, Tensor gain, Tensor bias)
    {
        if (!IsTraining || Batches == 1) return NormalizeThenRelu(input, gain, bias, 1);
        // The operator itself knows batches, but no replicas and no pool.
        if (Replicas is null && pooledMean is null) return NormalizeThenRelu(input, gain, bias, Batches);
        return EachBatch(
            input, (batch, first) => NormalizeThenRelu(
                batch, PartOf(gain, first, batch), PartOf(bias, first, batch), 1));
    }

    private Tensor NormalizeThenRelu(Tensor input, Tensor gain, Tensor bias, int groups)
    {
        if (IsTraining && Replicas is { } replicas)
        {
            using var scope = new TensorScope();
            var normalized = NormalizeAcross(replicas, input, null, null);
            var shape = (long[])[-1, input.Size(1), 1, 1];
            return scope.Keep(
                (normalized * gain.To(input.DType).Reshape(shape) + bias.To(input.DType).Reshape(shape))
                .Relu());
        }

        var (mean, variance) = Running(input);
        return Fused.BatchNormRelu(
            input, gain, bias, mean, variance, IsTraining, Momentum, epsilon, groups);
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

    private Tensor EachBatch(Tensor input, Func<Tensor, long, Tensor> normalize)
    {
        var (size, rest) = Math.DivRem(input.Size(0), Batches);
        if (rest != 0)
            throw new AtelierException(
                FailureKind.Bug,
                $"A pass of {input.Size(0)} images does not divide into {Batches} batches; expected a " +
                "multiple.");
        using var scope = new TensorScope();
        var parts = new Tensor[Batches];
        for (var k = 0; k < parts.Length; k++)
            parts[k] = normalize(input.Narrow(0, k * size, size), k * size);
        return scope.Keep(Aten.Cat(parts));
    }

    /// <summary>A batch's rows of what each image has its own of; all of what the channels share.</summary>
    private static Tensor PartOf(Tensor factor, long first, Tensor batch) =>
        factor.Rank == 1 ? factor : factor.Narrow(0, first, batch.Size(0));

    /// <summary>
    /// The same with the statistics of all replicas' batches together: the sums first, then the squares
    /// around the common mean, which cancel nothing.
    /// </summary>
    private Tensor NormalizeAcross(IReplicaReduction replicas, Tensor input, Tensor? gain, Tensor? bias)
    {
        using var scope = new TensorScope();
        var exact = input.To(DType.Float32);
        var sums = exact.Sum([0, 2, 3], dtype: DType.Float64);                        // [C]
        var size = Tensor.Full([1], input.NumberOfElements / sums.NumberOfElements, DType.Float64);
        var both = replicas.Sum(Aten.Cat([size, sums]));
        var count = both.Narrow(0, 0, 1).Detach();
        var mean = both.Narrow(0, 1, sums.NumberOfElements) / count;
        var centred = exact - Spread(mean);
        var variance = replicas.Sum(centred.Square().Sum([0, 2, 3], dtype: DType.Float64)) / count;
        Follow(mean.Detach(), variance.Detach(), count.Item());
        var output = centred * Spread((variance + epsilon).Rsqrt());
        if (gain is not null) output = output * Spread(gain);
        if (bias is not null) output = output + Spread(bias);
        return scope.Keep(output.To(input.DType));
    }

    /// <summary>
    /// What the operator should follow or use; null while passes are pooled, which this then does itself.
    /// </summary>
    private (Tensor? Mean, Tensor? Variance) Running(Tensor input)
    {
        if (pooledMean is null || !IsTraining) return (runningMean, runningVariance);
        using var scope = new TensorScope();
        var (variance, mean) = input.Detach().To(DType.Float32).VarMean([0, 2, 3], unbiased: false);
        Pool(mean.To(DType.Float64), variance.To(DType.Float64));
        return (null, null);
    }

    private static Tensor Spread(Tensor channels) => channels.To(DType.Float32).Reshape([1, -1, 1, 1]);

    private void Follow(Tensor mean, Tensor variance, double count)
    {
        using var noGrad = new NoGradScope();
        using var scope = new TensorScope();
        if (pooledMean is not null)
        {
            Pool(mean, variance);
            return;
        }

        runningMean.LerpInPlace(mean.To(DType.Float32), Momentum);
        runningVariance.LerpInPlace((variance * (count / (count - 1))).To(DType.Float32), Momentum);
    }

    private void Pool(Tensor mean, Tensor variance)
    {
        using var noGrad = new NoGradScope();
        using var scope = new TensorScope();
        pooledMean!.AddInPlace(mean);
        pooledSquare!.AddInPlace(variance + mean * mean);
        passes++;
    }

    private void DropPool()
    {
        pooledMean?.Dispose();
        pooledSquare?.Dispose();
        pooledMean = pooledSquare = null;
    }
}
