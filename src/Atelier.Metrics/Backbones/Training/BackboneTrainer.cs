using System.Diagnostics;
using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>
/// Trains a classifier: Nesterov's gradient with one cycle of the learning rate (Smith,
/// arXiv:1708.07120), label smoothing, mirrored and shifted images, and whatever else the options say. Equal
/// seeds give equal weights on one machine.
/// </summary>
public static class BackboneTrainer
{
    private const int TestBatch = 250;

    /// <summary>Trains a backbone and tests it.</summary>
    /// <param name="train">What to learn from.</param>
    /// <param name="test">What to test on; of the same size and classes.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Called every few steps and after each pass's test, on this thread.</param>
    /// <param name="start">A backbone of the same shape and classes to go on from, its frozen layer included;
    /// null for new weights. It is left as it is.</param>
    /// <param name="cancellationToken">Stops between steps.</param>
    /// <returns>The backbone, in evaluation mode; the caller disposes it.</returns>
    /// <exception cref="AtelierException">
    /// Options out of range (Usage), sets that do not fit each other (Dataset), or a loss that is not finite
    /// (Numeric).
    /// </exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static TrainedBackbone Train(
        IImageSet train,
        IImageSet test,
        BackboneOptions options,
        Action<BackboneProgress>? progress = null,
        SmallClassifierBackbone? start = null,
        CancellationToken cancellationToken = default)
    {
        options.Validate();
        CheckSets(train, test);
        CheckShift(options, train);
        using var generator = new Generator(Device.Cpu, options.Seed);
        var network = Classifier.Create(
            new SmallClassifierShape(train.Channels, train.Width, train.ClassNames.Count, options.Blocks)
            {
                Design = options.Design,
            },
            generator);
        try
        {
            if (start is null) network.Prepare(train);
            else Begin(network, start, train);
            var watch = Stopwatch.StartNew();
            var accuracy = Fit(network, train, test, options, watch, progress, cancellationToken);
            var card = new BackboneCard
            {
                ClassNames = train.ClassNames,
                TrainHash = train.ContentHash,
                TestHash = test.ContentHash,
                TestAccuracy = accuracy,
                Seed = options.Seed,
                Epochs = options.Epochs + (start?.Card.Epochs ?? 0),
                Command = options.Command,
            };
            return new TrainedBackbone(new SmallClassifierBackbone(network, card), accuracy, watch.Elapsed);
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    private static void Begin(Classifier network, SmallClassifierBackbone start, IImageSet train)
    {
        if (start.Shape != network.Shape || !start.ClassNames.SequenceEqual(train.ClassNames))
        {
            throw new AtelierException(
                FailureKind.Usage,
                $"The backbone to go on from is {start.Shape.Describe()} with the classes "
                + $"{string.Join(", ", start.ClassNames)}; this one would be {network.Shape.Describe()} with "
                + $"the classes {string.Join(", ", train.ClassNames)}. Both must be equal.");
        }

        start.CopyTo(network);
    }

    private static double Fit(
        Classifier network, IImageSet train, IImageSet test, BackboneOptions options, Stopwatch watch,
        Action<BackboneProgress>? progress, CancellationToken cancellationToken)
    {
        var stream = new TrainingStream(train, options, Math.Min(options.BatchSize, train.Count));
        using var optimizer = new NesterovSgd(
            network, options.Momentum, options.WeightDecay, options.BiasRate);
        using var lookahead = options.LookaheadSteps > 0 ? new Lookahead(network) : null;
        var steps = (long)options.Epochs * stream.BatchesPerEpoch;
        var window = new TrainingWindow();
        var accuracy = 0.0;
        network.Train();
        for (long step = 1; step <= steps; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            stream.Next();
            TakeStep(network, optimizer, stream, LearningRate(options, step - 1, steps), options, window);
            if (lookahead is not null && (step % options.LookaheadSteps == 0 || step == steps))
                lookahead.Pull(Lookahead.Share(step, steps));
            var endsEpoch = step % stream.BatchesPerEpoch == 0;
            if (!endsEpoch && step % options.ReportEverySteps != 0) continue;

            if (!double.IsFinite(window.Loss))
            {
                throw new AtelierException(
                    FailureKind.Numeric,
                    $"The loss of the backbone is {window.Loss} at step {step}; lower the learning rate.");
            }

            double? tested = endsEpoch ? accuracy = Test(network, test, cancellationToken) : null;
            var left = watch.Elapsed * ((steps - step) / (double)step);
            progress?.Invoke(new BackboneProgress
            {
                Epoch = (int)((step - 1) / stream.BatchesPerEpoch) + 1,
                Epochs = options.Epochs,
                Step = step,
                Steps = steps,
                Loss = window.Loss,
                Accuracy = window.Accuracy,
                TestAccuracy = tested,
                ImagesPerSecond = step * stream.Labels.Length / watch.Elapsed.TotalSeconds,
                Elapsed = watch.Elapsed,
                Remaining = left,
            });
            window.Clear();
        }

        return accuracy;
    }

    private static void TakeStep(
        Classifier network, NesterovSgd optimizer, TrainingStream stream, double learningRate,
        BackboneOptions options, TrainingWindow window)
    {
        using var scope = new TensorScope();
        var size = network.Shape.Size;
        var images = ImageQuantiser.ToTensor(stream.Pixels, network.Shape.Channels, size);
        var labels = Tensor.FromArray<long>(stream.Labels, stream.Labels.Length);
        var logits = network.Forward(images).Logits;
        var loss = logits.CrossEntropyLoss(labels, labelSmoothing: options.LabelSmoothing);
        network.ZeroGrad();
        Autograd.Backward(loss);
        optimizer.Step(learningRate);
        window.Add(loss.Item(), Agreed(logits, labels), stream.Labels.Length);
    }

    /// <summary>Up in a line to the peak, then down in a line.</summary>
    internal static double LearningRate(BackboneOptions options, long step, long steps)
    {
        var top = options.PeakAt * steps;
        var (end, height) = step < top
            ? (options.RateAtStart, step / top)
            : (options.RateAtEnd, (steps - step) / (steps - top));
        return options.PeakLearningRate * (end + ((1 - end) * height));
    }

    private static double Test(Classifier network, IImageSet test, CancellationToken cancellationToken)
    {
        network.Train(false);
        using var noGrad = new NoGradScope();
        var feed = ImageFeeds.Of(test);
        long agreed = 0;
        for (var start = 0; start < test.Count; start += TestBatch)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var scope = new TensorScope();
            var batch = feed(start, Math.Min(TestBatch, test.Count - start));
            var images = ImageQuantiser.ToTensor(batch.Images.Span, test.Channels, test.Height, test.Width);
            var labels = Tensor.FromArray(batch.Labels.Span, batch.Labels.Length);
            agreed += Agreed(network.Forward(images).Logits, labels);
        }

        network.Train();
        return agreed / (double)test.Count;
    }

    private static long Agreed(Tensor logits, Tensor labels) =>
        (long)logits.Detach().Argmax(1).Eq(labels).Sum().Item();

    private static void CheckShift(BackboneOptions options, IImageSet train)
    {
        if (options.Padding != ShiftPadding.Reflect || options.ShiftPixels < train.Width) return;
        throw new AtelierException(
            FailureKind.Usage,
            $"Images of {train.Width} pixels cannot be shifted by up to {options.ShiftPixels} and filled up "
            + "with their mirror image; shift by less than their width.");
    }

    private static void CheckSets(IImageSet train, IImageSet test)
    {
        if (train.Count < 2 || test.Count < 1)
        {
            throw new AtelierException(
                FailureKind.Dataset,
                $"There are {train.Count} images to learn from and {test.Count} to test on; at least 2 and 1 "
                + "are needed.");
        }

        if (train.Height != train.Width)
        {
            throw new AtelierException(
                FailureKind.Dataset,
                $"The images are {train.Width}x{train.Height}; this classifier learns from square ones. "
                + "Pack them with --size and one number.");
        }

        if (train.Channels != test.Channels || train.Height != test.Height || train.Width != test.Width
            || !train.ClassNames.SequenceEqual(test.ClassNames))
        {
            throw new AtelierException(
                FailureKind.Dataset,
                $"The images to learn from are {train.Channels} x {train.Height} x {train.Width} in "
                + $"{train.ClassNames.Count} "
                + $"classes, those to test on {test.Channels} x {test.Height} x {test.Width} in "
                + $"{test.ClassNames.Count}; "
                + "size and class names must be equal. Pack both from the same dataset.");
        }
    }
}
