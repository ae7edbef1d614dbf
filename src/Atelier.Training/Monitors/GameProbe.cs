using Atelier.Data;
using Atelier.Gan;
using Atelier.Nn;
using Atelier.Torch;

namespace Atelier.Training.Monitors;

/// <summary>
/// Shows D a few fixed training images, held-out images and images of fixed latents, in evaluation mode, so
/// that neither BatchNorm nor spectral norm moves. Its random numbers are its own and begin anew at every
/// look.
/// </summary>
internal sealed class GameProbe(
    GeneratorNetwork generator, DiscriminatorNetwork discriminator, PrecisionPolicy policy,
    ProbeImages training, ProbeImages? heldOut, int chunk)
{
    private const ulong LatentSeed = 23;

    /// <summary>Looks, and leaves both networks as they were.</summary>
    public GameReading Look()
    {
        var modes = (generator.IsTraining, discriminator.IsTraining);
        generator.Train(false);
        discriminator.Train(false);
        try
        {
            using var noGrad = new NoGradScope();
            using var scope = new TensorScope();
            using var cast = policy.Enter();
            return Judge();
        }
        finally
        {
            generator.Train(modes.Item1);
            discriminator.Train(modes.Item2);
        }
    }

    private GameReading Judge()
    {
        var device = generator.Parameters()[0].Device;
        using var random = new Generator(Device.Cpu, LatentSeed);
        var latent = generator.DrawLatents(training.Count, null, random).To(device, DType.Float32);
        // Two latents for each class in turn.
        var classes = Aten.Arange(0, training.Count, 1, DType.Int64, device)
            .FloorDivide(2).Remainder(generator.ClassCount);
        var fake = Pass(training.Count, (start, count) =>
        {
            var labels = classes.Narrow(0, start, count);
            return (generator.Generate(latent.Narrow(0, start, count), labels), labels);
        });
        var real = Pass(training.Count, (start, count) => training.Read(start, count, device));
        var unseen = heldOut is null
            ? null
            : Pass(heldOut.Count, (start, count) => heldOut.Read(start, count, device));
        return new GameReading(
            real.Positive, unseen?.Positive, fake.Negative,
            real.Logit, unseen?.Logit, fake.Logit,
            Ratio(fake.PixelDistance, real.PixelDistance), Ratio(fake.FeatureDistance, real.FeatureDistance));
    }

    private static double Ratio(double fake, double real) => real > 0 ? fake / real : double.NaN;

    private Judgement Pass(int count, Func<int, int, (Tensor Images, Tensor Classes)> read)
    {
        var sums = new Judgement(0, 0, 0, 0, 0);
        for (var start = 0; start < count; start += chunk)
        {
            using var scope = new TensorScope();
            var (images, classes) = read(start, Math.Min(chunk, count - start));
            var output = discriminator.Discriminate(images, classes);
            var logits = output.Logits.To(DType.Float32);
            sums += new Judgement(
                logits.Gt(0).Sum().Item(), logits.Lt(0).Sum().Item(), logits.Sum(DType.Float64).Item(),
                PairDistances(images), PairDistances(output.Features));
        }

        return sums / count;
    }

    /// <summary>
    /// The sum over neighbours 2k, 2k + 1 of the root mean square of their difference, once for each.
    /// </summary>
    private static double PairDistances(Tensor rows)
    {
        var pairs = rows.Flatten(1).To(DType.Float32).Reshape([rows.Size(0) / 2, 2, -1]);
        var difference = pairs.Select(1, 0) - pairs.Select(1, 1);
        return 2 * difference.Square().Mean([1]).Sqrt().Sum(DType.Float64).Item();
    }

    private sealed record Judgement(
        double Positive, double Negative, double Logit, double PixelDistance, double FeatureDistance)
    {
        public static Judgement operator +(Judgement a, Judgement b) => new(
            a.Positive + b.Positive, a.Negative + b.Negative, a.Logit + b.Logit,
            a.PixelDistance + b.PixelDistance, a.FeatureDistance + b.FeatureDistance);

        public static Judgement operator /(Judgement a, double count) => new(
            a.Positive / count, a.Negative / count, a.Logit / count,
            a.PixelDistance / count, a.FeatureDistance / count);
    }
}
