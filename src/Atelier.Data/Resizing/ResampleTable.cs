namespace Atelier.Data.Resizing;

/// <summary>
/// The weights of one axis: result pixel i is the sum over k of <c>Weights[i * Taps + k] * source[Starts[i] +
/// k]</c>. Windows and weights are those of Pillow's Resample.c: the support grows with the reduction, which
/// is the antialiasing.
/// </summary>
internal sealed class ResampleTable
{
    public ResampleTable(int sourceSize, int targetSize, ResizeFilter filter)
    {
        var scale = (double)sourceSize / targetSize;
        var stretch = Math.Max(scale, 1.0);
        var support = Support(filter) * (filter == ResizeFilter.Area ? scale : stretch);
        if (filter == ResizeFilter.Nearest)
            support = 0.0;
        Taps = Math.Min(((int)Math.Ceiling(support) * 2) + 1, sourceSize);
        Starts = new int[targetSize];
        Counts = new int[targetSize];
        Weights = new float[targetSize * Taps];
        Exact = new double[targetSize * Taps];
        var narrowing = 1.0 / stretch;
        for (var i = 0; i < targetSize; i++)
        {
            var centre = (i + 0.5) * scale;
            var (first, end) = Window(filter, centre, support, sourceSize);
            var sum = 0.0;
            var exact = Exact.AsSpan(i * Taps, Taps);
            for (var k = 0; k < end - first; k++)
            {
                exact[k] = filter switch
                {
                    ResizeFilter.Nearest => 1.0,
                    ResizeFilter.Area => Overlap(first + k, centre - support, centre + support),
                    _ => Kernel(filter, (first + k - centre + 0.5) * narrowing),
                };
                sum += exact[k];
            }

            Starts[i] = first;
            Counts[i] = end - first;
            for (var k = 0; k < end - first; k++)
            {
                exact[k] /= sum;
                Weights[(i * Taps) + k] = (float)exact[k];
            }
        }
    }

    public int Taps { get; }

    public int[] Starts { get; }

    public int[] Counts { get; }

    public float[] Weights { get; }

    /// <summary>The weights before they are rounded to floats.</summary>
    public double[] Exact { get; }

    private static (int First, int End) Window(ResizeFilter filter, double centre, double support,
        int sourceSize)
    {
        if (filter == ResizeFilter.Nearest)
        {
            var pixel = Math.Clamp((int)centre, 0, sourceSize - 1);
            return (pixel, pixel + 1);
        }

        if (filter == ResizeFilter.Area)
        {
            // An edge that rounding moved over a pixel border must not bring an empty tap at the end of the
            // axis.
            var first = Math.Clamp((int)Math.Floor(centre - support), 0, sourceSize - 1);
            return (first, Math.Clamp((int)Math.Ceiling(centre + support), first + 1, sourceSize));
        }

        return (Math.Max((int)(centre - support + 0.5), 0),
            Math.Min((int)(centre + support + 0.5), sourceSize));
    }

    private static double Overlap(int pixel, double from, double to)
        => Math.Max(0.0, Math.Min(pixel + 1.0, to) - Math.Max(pixel, from));

    private static double Support(ResizeFilter filter) => filter switch
    {
        ResizeFilter.Area or ResizeFilter.Box => 0.5,
        ResizeFilter.Bilinear => 1.0,
        ResizeFilter.Bicubic => 2.0,
        _ => 3.0,
    };

    private static double Kernel(ResizeFilter filter, double x)
    {
        switch (filter)
        {
            case ResizeFilter.Box:
                return x is > -0.5 and <= 0.5 ? 1.0 : 0.0;
            case ResizeFilter.Bilinear:
                return Math.Max(0.0, 1.0 - Math.Abs(x));
            case ResizeFilter.Bicubic:
                const double a = -0.5;
                x = Math.Abs(x);
                if (x < 1.0)
                    return (((a + 2.0) * x) - (a + 3.0)) * x * x + 1.0;
                return x < 2.0 ? ((((x - 5.0) * x) + 8.0) * x - 4.0) * a : 0.0;
            default:
                return x is >= -3.0 and < 3.0 ? Sinc(x) * Sinc(x / 3.0) : 0.0;
        }
    }

    private static double Sinc(double x) => x == 0.0 ? 1.0 : Math.Sin(Math.PI * x) / (Math.PI * x);
}
