namespace Atelier.Metrics;

/// <summary>How a backbone is trained. The defaults are tuned on Fashion-MNIST at 32 pixels.</summary>
public sealed record BackboneOptions
{
    // Jordan's rate is per image, for sums over a batch and a momentum of 0.85 (arXiv:2404.00498, listing 4):
    // 11.5 / (1024 (1 + 1 / 0.15)); the decay of weights is 0.0153 over the same, so as a share of the rate:
    private const double WhitenedRatePerImage = 11.5 / (1024 * (1 + (1 / 0.15)));
    private const double WhitenedDecay = 0.0153 / 11.5;

    /// <summary>How the network is built.</summary>
    public ClassifierDesign Design { get; init; }

    /// <summary>Widths of the convolutions; see <see cref="SmallClassifierShape"/>.</summary>
    public string Blocks { get; init; } = SmallClassifierShape.DefaultBlocks;

    /// <summary>Passes over the training images, 1 to 1,000.</summary>
    public int Epochs { get; init; } = 8;

    /// <summary>Images of a step, 2 to 4,096.</summary>
    public int BatchSize { get; init; } = 128;

    /// <summary>The learning rate at the top of its one cycle: up in a line to there, then down in a
    /// line.</summary>
    public double PeakLearningRate { get; init; } = 0.2;

    /// <summary>The share of all steps after which the rate is at its peak, between 0 and 1.</summary>
    public double PeakAt { get; init; } = 0.25;

    /// <summary>The first rate as a share of the peak, 0 to 1.</summary>
    public double RateAtStart { get; init; }

    /// <summary>The last rate as a share of the peak, 0 to 1.</summary>
    public double RateAtEnd { get; init; }

    /// <summary>How many times larger the rate of biases is, 1 to 1,000; their decay is as many times
    /// smaller.</summary>
    public double BiasRate { get; init; } = 1;

    /// <summary>Momentum of Nesterov's accelerated gradient, 0 to 1.</summary>
    public double Momentum { get; init; } = 0.9;

    /// <summary>Pull of all weights towards 0, added to the gradient times the weight.</summary>
    public double WeightDecay { get; init; } = 5e-4;

    /// <summary>Share of the target that goes to all classes evenly, 0 to 1.</summary>
    public double LabelSmoothing { get; init; } = 0.1;

    /// <summary>Whether every second image is mirrored left to right.</summary>
    public bool Flips { get; init; } = true;

    /// <summary>Whether an image is mirrored in every second pass instead of by lot each time, so that two
    /// passes show both of its sides (Jordan, arXiv:2404.00498, section 3.6).</summary>
    public bool FlipsAlternate { get; init; }

    /// <summary>The farthest that an image is shifted each way, in pixels; 0 for not at all.</summary>
    public int ShiftPixels { get; init; } = 2;

    /// <summary>What pixels become that a shift uncovers.</summary>
    public ShiftPadding Padding { get; init; }

    /// <summary>Side of a grey square that covers a random place of every image, clipped at the edges
    /// (DeVries and Taylor, arXiv:1708.04552); 0 for none.</summary>
    public int CutoutPixels { get; init; }

    /// <summary>Every so many steps the weights go part of the way back to their slow average (Zhang et al.,
    /// Lookahead Optimizer, arXiv:1907.08610); 0 for never. The part grows with the cube of the share of
    /// steps done, and the average is what is kept.</summary>
    public int LookaheadSteps { get; init; }

    /// <summary>Seed of weights, order and augmentation. Equal seeds give equal weights on one
    /// machine.</summary>
    public ulong Seed { get; init; }

    /// <summary>The command that repeats the training; kept in the file.</summary>
    public string Command { get; init; } = "";

    /// <summary>Steps between reports of progress, 1 or more.</summary>
    public int ReportEverySteps { get; init; } = 25;

    /// <summary>The settings that suit a design: those of Fashion-MNIST for the plain one, those of Jordan's
    /// CIFAR-10 classifier (arXiv:2404.00498, listing 4) for the whitened one.</summary>
    /// <param name="design">How the network is built.</param>
    /// <param name="batchSize">Images of a step; the rate grows with it. Null for the design's own.</param>
    public static BackboneOptions Of(ClassifierDesign design, int? batchSize = null)
    {
        var standard = new BackboneOptions();
        if (design == ClassifierDesign.Plain)
        {
            var size = batchSize ?? standard.BatchSize;
            return standard with
            {
                BatchSize = size,
                PeakLearningRate = standard.PeakLearningRate * size / standard.BatchSize,
            };
        }

        var images = batchSize ?? 256;
        return standard with
        {
            Design = design,
            Blocks = SmallClassifierShape.WhitenedBlocks,
            BatchSize = images,
            PeakLearningRate = WhitenedRatePerImage * images,
            PeakAt = 0.23,
            RateAtStart = 0.2,
            RateAtEnd = 0.07,
            BiasRate = 64,
            Momentum = 0.85,
            WeightDecay = WhitenedDecay,
            LabelSmoothing = 0.2,
            FlipsAlternate = true,
            Padding = ShiftPadding.Reflect,
            LookaheadSteps = 5,
        };
    }

    internal void Validate()
    {
        Require(Epochs is >= 1 and <= 1000, nameof(Epochs), Epochs, "1 to 1,000");
        Require(BatchSize is >= 2 and <= 4096, nameof(BatchSize), BatchSize, "2 to 4,096");
        Require(PeakLearningRate is > 0 and <= 10, nameof(PeakLearningRate), PeakLearningRate, "0 to 10");
        Require(PeakAt is > 0 and < 1, nameof(PeakAt), PeakAt, "between 0 and 1");
        Require(RateAtStart is >= 0 and <= 1, nameof(RateAtStart), RateAtStart, "0 to 1");
        Require(RateAtEnd is >= 0 and <= 1, nameof(RateAtEnd), RateAtEnd, "0 to 1");
        Require(BiasRate is >= 1 and <= 1000, nameof(BiasRate), BiasRate, "1 to 1,000");
        Require(LookaheadSteps is >= 0 and <= 10_000, nameof(LookaheadSteps), LookaheadSteps, "0 to 10,000");
        Require(Momentum is >= 0 and < 1, nameof(Momentum), Momentum, "0 up to 1");
        Require(WeightDecay is >= 0 and < 1, nameof(WeightDecay), WeightDecay, "0 up to 1");
        Require(LabelSmoothing is >= 0 and < 1, nameof(LabelSmoothing), LabelSmoothing, "0 up to 1");
        Require(ShiftPixels is >= 0 and <= 64, nameof(ShiftPixels), ShiftPixels, "0 to 64");
        Require(CutoutPixels is >= 0 and <= 256, nameof(CutoutPixels), CutoutPixels, "0 to 256");
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
