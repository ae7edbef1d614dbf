using Atelier.Torch;

namespace Atelier.Nn;

/// <summary>The parameter-free changes of resolution that residual blocks use.</summary>
public static class Resampling
{
    /// <summary>Nearest-neighbour enlargement, [N, C, H, W] to [N, C, 2H, 2W].</summary>
    public static Tensor UpsampleNearest2x(Tensor input) =>
        input.UpsampleNearest2d([input.Size(2) * 2, input.Size(3) * 2]);

    /// <summary>Mean of every 2x2 square, [N, C, H, W] to [N, C, H/2, W/2].</summary>
    public static Tensor AveragePool2x(Tensor input) => input.AvgPool2d([2, 2]);
}
