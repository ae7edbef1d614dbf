namespace Atelier.Metrics;

/// <summary>How a backbone is trained. The defaults are tuned on Fashion-MNIST at 32 pixels.</summary>
public sealed record BackboneOptions
{
    /// <summary>Widths of the convolutions; see <see cref="SmallClassifierShape"/>.</summary>
    public string Blocks { get; init; } = SmallClassifierShape.DefaultBlocks;

    /// <summary>Passes over the training images, 1 to 1,000.</summary>
    public int Epochs { get; init; } = 8;

    /// <summary>Images of a step, 2 to 4,096.</summary>
    public int BatchSize { get; init; } = 128;

    /// <summary>The learning rate at the top of its one cycle; up from 0 over the first quarter, then down to
    /// 0.</summary>
    public double PeakLearningRate { get; init; } = 0.2;

    /// <summary>Momentum of Nesterov's accelerated gradient, 0 to 1.</summary>
    public double Momentum { get; init; } = 0.9;

    /// <summary>Pull of all weights towards 0, added to the gradient times the weight.</summary>
    public double WeightDecay { get; init; } = 5e-4;

    /// <summary>Share of the target that goes to all classes evenly, 0 to 1.</summary>
    public double LabelSmoothing { get; init; } = 0.1;

    /// <summary>Whether every second image is mirrored left to right.</summary>
    public bool Flips { get; init; } = true;

    /// <summary>The farthest that an image is shifted each way, in pixels; 0 for not at all. Uncovered pixels
    /// are 0.</summary>
    public int ShiftPixels { get; init; } = 2;

    /// <summary>Seed of weights, order and augmentation. Equal seeds give equal weights on one
    /// machine.</summary>
    public ulong Seed { get; init; }

    /// <summary>The command that repeats the training; kept in the file.</summary>
    public string Command { get; init; } = "";

    /// <summary>Steps between reports of progress, 1 or more.</summary>
    public int ReportEverySteps { get; init; } = 25;

    internal void Validate()
    {
        Require(Epochs is >= 1 and <= 1000, nameof(Epochs), Epochs, "1 to 1,000");
        Require(BatchSize is >= 2 and <= 4096, nameof(BatchSize), BatchSize, "2 to 4,096");
        Require(PeakLearningRate is > 0 and <= 10, nameof(PeakLearningRate), PeakLearningRate, "0 to 10");
        Require(Momentum is >= 0 and < 1, nameof(Momentum), Momentum, "0 up to 1");
        Require(WeightDecay is >= 0 and < 1, nameof(WeightDecay), WeightDecay, "0 up to 1");
        Require(LabelSmoothing is >= 0 and < 1, nameof(LabelSmoothing), LabelSmoothing, "0 up to 1");
        Require(ShiftPixels is >= 0 and <= 64, nameof(ShiftPixels), ShiftPixels, "0 to 64");
        Require(ReportEverySteps >= 1, nameof(ReportEverySteps), ReportEverySteps, "1 or more");
    }

    private static void Require(bool holds, string name, double value, string range)
    {
        if (holds) return;
        throw new AtelierException(
            FailureKind.Usage,
            FormattableString.Invariant($"{name} of a backbone is {value}; expected {range}."));
    }
}
