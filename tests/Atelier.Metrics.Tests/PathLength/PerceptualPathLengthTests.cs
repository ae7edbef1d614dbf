using Atelier.Tests;
using Atelier.Torch;

namespace Atelier.Metrics.Tests;

public sealed class PerceptualPathLengthTests : TensorTest
{
    [Fact]
    public void Compute_InW_OfALinearGenerator_IsTheSquaredLengthOfTheStraightPath()
    {
        // w = 2 z, image = 3 w: with d the squared pixel distance, the length is 36 |b - a|^2 everywhere.
        var generator = new LinearPaths();
        var options = new PathLengthOptions
            { Space = LatentSpace.W, Samples = 50, BatchSize = 50, Epsilon = 0.01, Seed = 5 };

        var length = PerceptualPathLength.Compute(generator, new PixelDistance(), options);

        var squares = (generator.Drawn[1] - generator.Drawn[0]).Square().Sum([1]).ToArray<float>();
        var expected = PerceptualPathLength.TrimmedMean([.. squares.Select(square => 36.0 * square)]);
        Numbers.AssertRelative(expected, length, 1e-3);
        generator.Free();
    }

    [Fact]
    public void Compute_InZ_OfALinearGenerator_FollowsTheSphere()
    {
        // On a great circle of radius r the speed is the angle times r: with latents of one length r = 2
        // the length is 36 * 4 * angle^2.
        var generator = new LinearPaths { Length = 2 };
        var options = new PathLengthOptions { Samples = 40, BatchSize = 20, Epsilon = 0.01, Seed = 5 };

        var length = PerceptualPathLength.Compute(generator, new PixelDistance(), options);

        var angles = new List<double>();
        for (var k = 0; k < 4; k += 2)
            angles.AddRange(
                ((generator.Drawn[k] * generator.Drawn[k + 1]).Sum([1]) / 4.0).Acos().ToArray<float>()
                    .Select(angle => 36 * 4 * (double)angle * angle));
        Numbers.AssertRelative(PerceptualPathLength.TrimmedMean([.. angles]), length, 1e-3);
        generator.Free();
    }

    [Fact]
    public void Compute_AtTheEnd_StaysAtTheFirstPoint()
    {
        var generator = new LinearPaths();
        var options = new PathLengthOptions { IsFull = false, Samples = 5, BatchSize = 5 };

        PerceptualPathLength.Compute(generator, new PixelDistance(), options);

        Assert.InRange(MaxDifference(generator.Drawn[0], generator.LastPoints!.Narrow(0, 0, 5)), 0, 1e-6);
        generator.Free();
    }

    [Fact]
    public void Compute_Again_IsTheSameAndWithAnotherSeedIsNot()
    {
        var options = new PathLengthOptions { Samples = 12, BatchSize = 5, Seed = 1 };
        double Length(PathLengthOptions o)
        {
            var generator = new LinearPaths();
            var length = PerceptualPathLength.Compute(generator, new PixelDistance(), o);
            generator.Free();
            return length;
        }

        Assert.Equal(Length(options), Length(options));
        Assert.NotEqual(Length(options), Length(options with { Seed = 2 }));
    }

    [Fact]
    public void Compute_InW_WithoutAMapping_IsRefused()
    {
        var generator = new UnmappedPaths();

        var error = Assert.Throws<AtelierException>(() => PerceptualPathLength.Compute(
            generator, new PixelDistance(), new PathLengthOptions { Space = LatentSpace.W }));

        Assert.Equal(FailureKind.Usage, error.Kind);
    }

    [Fact]
    public void TrimmedMean_EqualsTheReference()
    {
        // numpy: percentile 1 "lower" and 99 "higher", mean of what lies between, both included.
        double[] values = [.. Enumerable.Range(0, 211).Select(i => Math.Pow(i * 37 % 211, 1.5)), 1e9];

        Numbers.AssertRelative(1221.668640295646, PerceptualPathLength.TrimmedMean(values), 1e-12);
    }

    [Fact]
    public void Spherical_IsTheReferencesDirectionAtTheLengthBetween()
    {
        var a = Tensor.FromArray<float>([1, 2, -1], 1, 3);
        var b = Tensor.FromArray<float>([-0.5f, 0.25f, 3], 1, 3);

        var place = LatentPath.Spherical(a, b, Tensor.Full([1, 1], 0.3));

        const double length = 2.630134491128252;
        AssertClose(
            [0.3380598355339441 * length, 0.9268359591676351 * length, 0.16337274066554958 * length],
            place, 1e-6);
    }

    /// <summary>w = 2 z and image = 3 w, as pictures of 1 x 2 x 2.</summary>
    private sealed class LinearPaths : IMappedGenerator
    {
        public List<Tensor> Drawn { get; } = [];

        public Tensor? LastPoints { get; private set; }

        public double? Length { get; init; }

        public bool HasNormalLatents => true;

        public int ClassCount => 3;

        public Tensor DrawLatents(int count, Generator random)
        {
            var z = Tensor.Randn([count, 4], random);
            if (Length is { } length) z = z / z.Square().Sum([1], keepdim: true).Sqrt() * length;
            Drawn.Add(z.Clone().DetachFromScope());
            return z;
        }

        public Tensor Map(Tensor latents, Tensor classes) => latents * 2.0;

        public Tensor Generate(Tensor latents, Tensor classes) => Draw(latents, classes, 6);

        public Tensor GenerateFromMapped(Tensor mapped, Tensor classes) => Draw(mapped, classes, 3);

        public void Free()
        {
            LastPoints?.Dispose();
            foreach (var latents in Drawn) latents.Dispose();
        }

        private Tensor Draw(Tensor points, Tensor classes, double factor)
        {
            Assert.Equal(points.Size(0), classes.Size(0));
            LastPoints?.Dispose();
            LastPoints = points.Clone().DetachFromScope();
            return (points * factor).Reshape([-1, 1, 2, 2]);
        }
    }

    private sealed class UnmappedPaths : IScoredGenerator
    {
        public int ClassCount => 1;

        public bool HasNormalLatents => true;

        public Tensor DrawLatents(int count, Generator random) => Tensor.Randn([count, 4], random);

        public Tensor Generate(Tensor latents, Tensor classes) => latents.Reshape([-1, 1, 2, 2]);
    }

    private sealed class PixelDistance : IImageDistance
    {
        public string Name => "pixels";

        public Tensor Of(Tensor first, Tensor second) => (first - second).Square().Sum([1, 2, 3]);
    }
}
