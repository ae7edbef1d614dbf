using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>Attention within windows of 7x7 places, with a learnt bias for each distance; every second block
/// shifts the windows by 3. Liu et al., arXiv:2103.14030, section 3.2; torchvision's names.</summary>
internal sealed class SwinAttention : FrozenLayer
{
    private const int Window = 7;
    private const int Span = (2 * Window) - 1;
    private const int Places = Window * Window;
    private const double FarAway = -100;

    private readonly string name;
    private readonly long width;
    private readonly long heads;
    private readonly long shift;
    private readonly FrozenLinear queries;
    private readonly FrozenLinear projection;
    private Tensor? bias;

    public SwinAttention(string name, long width, long heads, bool isShifted)
    {
        (this.name, this.width, this.heads) = (name, width, heads);
        shift = isShifted ? Window / 2 : 0;
        queries = new FrozenLinear(name + ".qkv", width, 3 * width);
        projection = new FrozenLinear(name + ".proj", width, width);
    }

    private string Table => name + ".relative_position_bias_table";

    /// <inheritdoc/>
    public override IReadOnlyList<WeightSlot> Slots =>
        [new(Table, [Span * Span, heads]), .. queries.Slots, .. projection.Slots];

    /// <inheritdoc/>
    public override void Load(IReadOnlyDictionary<string, Tensor> weights, WeightFolding folding)
    {
        using var scope = new TensorScope();
        queries.Load(weights, folding);
        projection.Load(weights, folding);
        var index = Tensor.FromArray<long>(Distances(), Places * Places);
        bias = Own(weights[Table].IndexSelect(0, index).Reshape([Places, Places, heads])
            .Permute([2, 0, 1]).Unsqueeze(0).Contiguous());
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        queries.Dispose();
        projection.Dispose();
        base.Dispose();
    }

    /// <param name="input">[N, H, W, C], H and W multiples of 7.</param>
    public Tensor Forward(Tensor input)
    {
        using var scope = new TensorScope();
        var (count, rows, columns) = (input.Size(0), input.Size(1), input.Size(2));
        // A single window has nowhere to go.
        var (down, right) = (rows > Window ? shift : 0, columns > Window ? shift : 0);
        var x = down + right > 0 ? input.Roll([-down, -right], [1, 2]) : input;
        x = x.Reshape([count, rows / Window, Window, columns / Window, Window, width])
            .Permute([0, 1, 3, 2, 4, 5]).Reshape([-1, Places, width]);      // [windows, 49, C]
        x = projection.Forward(Mix(x, down + right > 0 ? Mask(rows, columns, down, right) : null));
        x = x.Reshape([count, rows / Window, columns / Window, Window, Window, width])
            .Permute([0, 1, 3, 2, 4, 5]).Reshape([count, rows, columns, width]);
        return scope.Keep(down + right > 0 ? x.Roll([down, right], [1, 2]) : x);
    }

    private Tensor Mix(Tensor windows, Tensor? mask)
    {
        var perHead = width / heads;
        var parts = queries.Forward(windows).Reshape([-1, Places, 3, heads, perHead])
            .Permute([2, 0, 3, 1, 4]);
        var (query, key, value) = (parts.Select(0, 0), parts.Select(0, 1), parts.Select(0, 2));
        var weights = (query * (1 / Math.Sqrt(perHead))).Matmul(key.Transpose(-2, -1)).AddInPlace(bias!);
        if (mask is not null)
        {
            // [N, windows of an image, heads, 49, 49]
            var parted = weights.Reshape([-1, mask.Size(0), heads, Places, Places]);
            weights = (parted + mask.Unsqueeze(1).Unsqueeze(0)).Reshape([-1, heads, Places, Places]);
        }

        return weights.Softmax(-1).Matmul(value).Transpose(1, 2).Reshape([-1, Places, width]);
    }

    /// <summary>After a shift a window holds places from opposite borders; they shall not see each other.
    /// [windows, 49, 49].</summary>
    private static Tensor Mask(long rows, long columns, long down, long right)
    {
        var across = columns / Window;
        var values = new float[rows / Window * across * Places * Places];
        var at = 0;
        for (var w = 0L; w < rows / Window * across; w++)
            for (var p = 0; p < Places; p++)
                for (var q = 0; q < Places; q++, at++)
                    if (Region(w, p) != Region(w, q)) values[at] = (float)FarAway;
        return Tensor.FromArray<float>(values, rows / Window * across, Places, Places);

        (int, int) Region(long window, int place) =>
            (Part((window / across * Window) + (place / Window), rows, down),
                Part((window % across * Window) + (place % Window), columns, right));

        static int Part(long at, long size, long moved) =>
            moved == 0 || at < size - Window ? 0 : at < size - moved ? 1 : 2;
    }

    /// <summary>For each pair of places in a window, the row of the table for their distance.</summary>
    private static long[] Distances()
    {
        var index = new long[Places * Places];
        for (var p = 0; p < Places; p++)
            for (var q = 0; q < Places; q++)
            {
                var (rows, columns) = ((p / Window) - (q / Window), (p % Window) - (q % Window));
                index[(p * Places) + q] = ((rows + Window - 1) * Span) + columns + Window - 1;
            }

        return index;
    }
}
