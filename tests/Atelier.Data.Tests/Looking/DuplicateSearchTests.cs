using System.Numerics;
using Atelier.Data.Decoding;
using Atelier.Data.Resizing;
using Atelier.Data.Tests.Support;

namespace Atelier.Data.Tests.Looking;

public sealed class DuplicateSearchTests
{
    [Fact]
    public void Hash_ResizedNoisyAndBrighterCopies_DifferInFewBits()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var image = Scenes.Make(seed);
            var small = new Resizer(ResizeFilter.Bilinear).Resize(image, 33, 33);
            var brighter = new RasterImage(48, 48, 3,
                [.. image.Pixels.Select(v => (byte)Math.Min(255, v + 10))]);

            Assert.InRange(Bits(image, small), 0, 6);
            Assert.InRange(Bits(image, Scenes.Noisy(image, 4, seed)), 0, 6);
            Assert.InRange(Bits(image, brighter), 0, 6);
        }
    }

    [Fact]
    public void Hash_OfOtherImages_DiffersInManyBits()
    {
        var hashes = Enumerable.Range(0, 40).Select(seed => ImageSignature.Of(Scenes.Make(seed))).ToList();
        var distances = hashes.SelectMany((a, i) => hashes.Skip(i + 1)
            .Select(b => BitOperations.PopCount(a.Perceptual ^ b.Perceptual))).ToList();

        Assert.InRange(distances.Average(), 22, 42);
        Assert.InRange(distances.Min(), 8, 32);
    }

    [Fact]
    public void Hash_OfOneCosine_SetsOnlyItsBitAmongTheLargest()
    {
        // cos(pi (x + 1/2) 3 / 32) has the one frequency (3, 0): bit 3 is above the median of zeros.
        var grey = new float[32 * 32];
        for (var i = 0; i < grey.Length; i++)
            grey[i] = 128 + (100 * MathF.Cos(MathF.PI * 3 * ((i % 32) + 0.5f) / 32));

        Assert.Equal(1UL, (PerceptualHash.Of(grey) >> 3) & 1);
        grey = [.. grey.Select(value => 255 - value)];
        Assert.Equal(0UL, (PerceptualHash.Of(grey) >> 3) & 1);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(7)]
    public void Near_AgainstEveryPair_FindsTheSameGroups(int bits)
    {
        var images = Enumerable.Range(0, 200).Select(
            i => ImageSignature.Of(Scenes.Noisy(Scenes.Make(i % 60, 32), 3 * (i / 60), i))).ToList();
        var parent = Enumerable.Range(0, images.Count).ToArray();
        for (var i = 0; i < images.Count; i++)
            for (var j = i + 1; j < images.Count; j++)
                if (BitOperations.PopCount(images[i].Perceptual ^ images[j].Perceptual) <= bits
                    && images[i].LooksLike(images[j]))
                    parent = [.. parent.Select(p => p == parent[j] ? parent[i] : p)];
        var expected = Enumerable.Range(0, images.Count).GroupBy(i => parent[i])
            .Where(group => group.Count() > 1).Select(group => string.Join(',', group)).ToList();

        var found = new DuplicateSearch(images).Near(bits, 8, CancellationToken.None);

        Assert.NotEmpty(expected);
        Assert.Equal(expected.Order(), found.Select(group => string.Join(',', group)).Order());
    }

    [Fact]
    public void Near_OtherColoursOfOneShape_AreNotAlike()
    {
        var red = Scenes.Make(3);
        var blue = new RasterImage(48, 48, 3,
            [.. red.Pixels.Chunk(3).SelectMany(p => new[] { p[2], p[1], p[0] })]);
        var shifted = Scenes.Noisy(red, 2, 1);

        Assert.True(ImageSignature.Of(red).LooksLike(ImageSignature.Of(shifted)));
        Assert.False(ImageSignature.Of(red).LooksLike(ImageSignature.Of(blue)));
    }

    private static int Bits(RasterImage a, RasterImage b) => BitOperations.PopCount(
        ImageSignature.Of(a).Perceptual ^ ImageSignature.Of(b).Perceptual);
}
