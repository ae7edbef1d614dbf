using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>
/// The classification accuracy score (Ravuri and Vinyals, Classification accuracy score for conditional
/// generative models, arXiv:1905.10887): a classifier learns from generated images and is tested on real
/// ones. And the reverse, which with it makes GAN-train and GAN-test (Shmelkov et al., How good is my GAN?,
/// arXiv:1807.09499). The paper's classifier is a ResNet-50; here it is that of
/// <see cref="BackboneTrainer"/>, as the protocol says.
/// </summary>
public static class ClassificationAccuracy
{
    private const int TestBatch = 250;
    private const int Five = 5;

    /// <summary>Trains both classifiers and tests them. Equal seeds give equal numbers on one
    /// machine.</summary>
    /// <param name="train">Real images to learn from.</param>
    /// <param name="test">Real images to test on.</param>
    /// <param name="fakes">Generated images of the same shape and classes; the paper takes as many as there
    /// are real ones.</param>
    /// <param name="options">How both classifiers are trained.</param>
    /// <param name="progress">Called with the share that is done, 0 to 1; the trainings are half
    /// each.</param>
    /// <param name="cancellationToken">Stops between steps.</param>
    /// <exception cref="AtelierException">
    /// Options out of range (Usage), sets that do not fit each other (Dataset), or a loss that is not finite
    /// (Numeric).
    /// </exception>
    public static ClassificationScores Compute(
        IImageSet train, IImageSet test, IImageSet fakes, BackboneOptions options,
        Action<double>? progress = null, CancellationToken cancellationToken = default)
    {
        TopAccuracy trainedOnFakes;
        void Report(int training, BackboneProgress at) =>
            progress?.Invoke((training + (at.Step / (double)at.Steps)) / 2);
        using (var learned = BackboneTrainer.Train(
            fakes, test, options, at => Report(0, at), null, cancellationToken))
            trainedOnFakes = Test(learned.Backbone, test, cancellationToken);
        using var real = BackboneTrainer.Train(
            train, test, options, at => Report(1, at), null, cancellationToken);
        return new ClassificationScores(
            trainedOnFakes, Test(real.Backbone, fakes, cancellationToken),
            Test(real.Backbone, test, cancellationToken));
    }

    /// <summary>Tests a classifier.</summary>
    /// <param name="classifier">Its classes are those of the images.</param>
    /// <param name="images">At least one.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    public static TopAccuracy Test(
        IBackbone classifier, IImageSet images, CancellationToken cancellationToken = default)
    {
        var (first, five) = (0, 0);
        var feed = ImageFeeds.Of(images);
        for (var start = 0; start < images.Count; start += TestBatch)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var noGrad = new NoGradScope();
            using var scope = new TensorScope();
            var batch = feed(start, Math.Min(TestBatch, images.Count - start));
            var pixels = Tensor.FromArray(
                batch.Images.Span, batch.Labels.Length, images.Channels, images.Height, images.Width);
            var logits = classifier.Extract(PixelRange.FromBytes(pixels, Device.Cpu)).Logits.ToArray<float>();
            var width = logits.Length / batch.Labels.Length;
            for (var n = 0; n < batch.Labels.Length; n++)
            {
                var place = Place(logits.AsSpan(n * width, width), (int)batch.Labels.Span[n]);
                if (place == 0) first++;
                if (place < Five) five++;
            }
        }

        double count = images.Count;
        return new TopAccuracy(first / count, images.ClassNames.Count > Five ? five / count : null);
    }

    /// <summary>How many classes come before one; of equal logits the lower class does.</summary>
    private static int Place(ReadOnlySpan<float> logits, int label)
    {
        var before = 0;
        for (var k = 0; k < logits.Length; k++)
            if (logits[k] > logits[label] || (logits[k] == logits[label] && k < label))
                before++;
        return before;
    }
}
