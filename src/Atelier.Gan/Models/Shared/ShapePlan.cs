using System.Numerics;

namespace Atelier.Gan;

/// <summary>
/// How every architecture reaches images of a height and a width. This is the one place for the rule:
/// <list type="bullet">
/// <item>Widths and blocks are those of the plan for the longer side, rounded up to a power of two: 32, 64,
/// 128, 256 or 512.</item>
/// <item>G doubles as often as both sides can be halved evenly, but at most once a stage and no further down
/// than a first map of 3 pixels. Where that is less than the plan's stages, the first stages keep their size.
/// D halves as often, and its last stages keep theirs.</item>
/// <item>The first map has sides from 3 to 16 pixels. So where the longer side is at most four times the
/// shorter, all multiples of 4 from 12 to 64 work, up to 128 those of 8, up to 256 those of 16 and up to 512
/// those of 32.</item>
/// </list>
/// For powers of two this gives the published tables: a first map of 4x4 that every stage doubles.
/// </summary>
public sealed class ShapePlan
{
    /// <summary>Both sides are multiples of it.</summary>
    public const int Step = 4;

    /// <summary>The smallest side of images.</summary>
    public const int LeastSide = LeastBase << LeastDoublings;

    /// <summary>The largest side of images.</summary>
    public const int GreatestSide = 512;

    private const int LeastBase = 3;
    private const int GreatestBase = 16;
    private const int LeastDoublings = 2;
    private const int SmallestPlan = 32;

    private ShapePlan(ImageSize image)
    {
        Image = image;
        Size = Math.Max(SmallestPlan, (int)BitOperations.RoundUpToPowerOf2((uint)image.LongSide));
        Stages = BitOperations.Log2((uint)Size) - 2;
        Doublings = Math.Min(Stages, BitOperations.TrailingZeroCount(image.Height | image.Width));
        while (image.ShortSide >> Doublings < LeastBase) Doublings--;
        Halvings = Math.Min(Doublings, Size == SmallestPlan ? 2 : Stages);
    }

    /// <summary>The images.</summary>
    public ImageSize Image { get; }

    /// <summary>The power of two whose widths are taken.</summary>
    public int Size { get; }

    /// <summary>Stages of G, and of D; a list of widths has one more. Skip-z cuts one chunk for each and one
    /// for the stem.</summary>
    public int Stages { get; }

    /// <summary>How many stages of G, its last ones, double the sides.</summary>
    public int Doublings { get; }

    /// <summary>How many stages of D, its first ones, halve the sides; two at most at 32 px, where D stops
    /// at 8x8.</summary>
    public int Halvings { get; }

    /// <summary>What G's first layer makes.</summary>
    public ImageSize Base => new(Image.Width >> Doublings, Image.Height >> Doublings);

    /// <summary>The longer sides of all maps, from the first one of G up to the image; attention is placed
    /// by them.</summary>
    public IReadOnlyList<int> LongSides =>
        [.. Enumerable.Range(0, Doublings + 1).Select(k => Base.LongSide << k)];

    /// <summary>The plan for images of a shape.</summary>
    /// <exception cref="AtelierException">There is none; the sentence names the nearest shapes that have one
    /// (Usage).</exception>
    public static ShapePlan Of(ImageSize image) =>
        WhyNot(image) is { } reason
            ? throw new AtelierException(
                FailureKind.Usage, $"No model makes images of {image} pixels: {reason}.")
            : new ShapePlan(image);

    /// <summary>Null where there is a plan; else what is wrong and what would work, without a full
    /// stop.</summary>
    public static string? WhyNot(ImageSize image)
    {
        if (!Divides(image))
            return $"both sides must be multiples of {Step} from {LeastSide} to {GreatestSide}; " +
                Nearest(image);
        var plan = new ShapePlan(image);
        return plan.Base.LongSide <= GreatestBase
            ? null
            : $"{plan.Doublings} halvings lead to {plan.Base}, and a first map has sides from " +
                $"{LeastBase} to {GreatestBase}; {Nearest(image)}";
    }

    /// <summary>Whether a stage of G, from 0, doubles.</summary>
    internal bool Doubles(int stage) => stage >= Stages - Doublings;

    /// <summary>The longer side behind a stage of G; -1 stands for the stem.</summary>
    internal int GeneratorSide(int stage) =>
        Base.LongSide << Math.Max(0, stage + 1 - (Stages - Doublings));

    /// <summary>Whether behind a stage of G attention may stand: the last one of its size.</summary>
    internal bool EndsASize(int stage) => Doubles(stage) || Doubles(stage + 1);

    /// <summary>The longer side behind a stage of D, from 0.</summary>
    internal int DiscriminatorSide(int stage) => Image.LongSide >> Math.Min(stage + 1, Halvings);

    private static bool Divides(ImageSize image) =>
        image.ShortSide >= LeastSide && image.LongSide <= GreatestSide &&
        (image.Height | image.Width) % Step == 0;

    private static string Nearest(ImageSize image)
    {
        var inside = new ImageSize(
            Math.Clamp(image.Width, LeastSide, GreatestSide),
            Math.Clamp(image.Height, LeastSide, GreatestSide));
        var found = new[] { Best(inside, -1), Best(inside, 1) }.Distinct();
        return $"nearest: {string.Join(" and ", found)}";
    }

    /// <summary>The nearest shape that works with no side larger (-1) or smaller (1); a square for a
    /// square.</summary>
    private static ImageSize Best(ImageSize image, int direction)
    {
        ImageSize best = default;
        var nearest = int.MaxValue;
        foreach (var height in Candidates(image.Height, direction))
            foreach (var width in image.IsSquare ? [height] : Candidates(image.Width, direction))
            {
                var shape = new ImageSize(width, height);
                var distance = Math.Abs(height - image.Height) + Math.Abs(width - image.Width);
                if (distance >= nearest || new ShapePlan(shape).Base.LongSide > GreatestBase) continue;
                (best, nearest) = (shape, distance);
            }

        return best;
    }

    private static IEnumerable<int> Candidates(int side, int direction)
    {
        for (var k = LeastSide; k <= GreatestSide; k += Step)
            if ((k - side) * direction >= 0) yield return k;
    }
}
