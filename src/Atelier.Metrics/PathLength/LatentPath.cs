using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>Places on paths between two points.</summary>
internal static class LatentPath
{
    /// <summary>On the great circle between the directions of two latents (Shoemake 1985), as far out as the
    /// straight line between their lengths says.</summary>
    /// <remarks>
    /// StyleGAN's reference gives places of length 1, which is as good for a generator that scales its
    /// latents itself; others would be asked about latents that they have never seen.
    /// </remarks>
    /// <param name="a">[N, Z].</param>
    /// <param name="b">[N, Z].</param>
    /// <param name="t">[N, 1], 0 at a and 1 at b.</param>
    public static Tensor Spherical(Tensor a, Tensor b, Tensor t)
    {
        using var scope = new TensorScope();
        var (lengthA, lengthB) = (Length(a), Length(b));
        var (from, to) = (a / lengthA, b / lengthB);
        var cosine = (from * to).Sum([1], keepdim: true).Clamp(-1.0, 1.0);
        var angle = t * cosine.Acos();
        var side = to - (cosine * from);
        var direction = (from * angle.Cos()) + (side / Length(side) * angle.Sin());
        return scope.Keep(direction / Length(direction) * (lengthA + (t * (lengthB - lengthA))));
    }

    /// <summary>On the straight line.</summary>
    /// <param name="a">[N, …].</param>
    /// <param name="b">[N, …].</param>
    /// <param name="t">[N, 1], 0 at a and 1 at b.</param>
    public static Tensor Straight(Tensor a, Tensor b, Tensor t)
    {
        using var scope = new TensorScope();
        var shape = new long[a.Rank];
        shape.AsSpan().Fill(1);
        shape[0] = a.Size(0);
        return scope.Keep(a + (t.Reshape(shape) * (b - a)));
    }

    private static Tensor Length(Tensor rows) => rows.Square().Sum([1], keepdim: true).Sqrt();
}
