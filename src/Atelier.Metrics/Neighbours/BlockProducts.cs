using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>
/// Float32 products of two blocks in memory that is taken once: taken and given back a thousand times, blocks
/// of this size leave the allocator with holes, and the process grows by several times what it uses.
/// </summary>
internal sealed class BlockProducts
{
    private readonly Tensor left;
    private readonly Tensor right;
    private readonly Tensor products;

    /// <summary>Takes the memory; it belongs to the current scope.</summary>
    /// <param name="dimension">D.</param>
    public BlockProducts(int dimension)
    {
        left = FeatureBlocks.Room(dimension);
        right = FeatureBlocks.Room(dimension);
        products = Tensor.Empty([FeatureBlocks.Rows * FeatureBlocks.Rows]);
    }

    /// <summary>Makes a block the left one, until the next is.</summary>
    public Tensor Left(CentredFeatures set, (long Start, long Count) block) => set.Block(block, left);

    /// <summary>Makes a block the right one, until the next is.</summary>
    public Tensor Right(CentredFeatures set, (long Start, long Count) block) => set.Block(block, right);

    /// <summary>The products of all pairs of samples, until the next ones are.</summary>
    /// <param name="first">[B1, D].</param>
    /// <param name="second">[B2, D]; may be the first.</param>
    /// <returns>[B1, B2], row-major.</returns>
    public Tensor Multiply(Tensor first, Tensor second)
    {
        using var scope = new TensorScope();
        var (rows, columns) = (first.Size(0), second.Size(0));
        var target = products.Narrow(0, 0, rows * columns).View([rows, columns]);
        // With beta 0 what was there is not even read.
        target.AddmmInPlace(first, second.T(), beta: 0.0, alpha: 1.0);
        return scope.Keep(target);
    }
}
