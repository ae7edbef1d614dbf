using Atelier.Torch;

namespace Atelier.Nn;

/// <summary>
/// A row of a table for each class id, or a mixture of rows, with or without spectral norm over the whole
/// table.
/// </summary>
public sealed class Embedding : Module, IUnaryModule
{
    private readonly Tensor weight;
    private readonly SpectralNorm? norm;

    /// <summary>Creates the table [classes, size].</summary>
    public Embedding(long classes, long size, SpectralNormOptions? spectralNorm, InitializationContext init)
    {
        using var scope = new TensorScope();
        weight = Parameter("weight", init.Weight([classes, size]));
        if (spectralNorm is not null)
            norm = Child("norm", new SpectralNorm(classes, spectralNorm, init.Generator));
    }

    /// <param name="input">
    /// Class ids [N], int64; or shares [N, classes], float32, by which the rows are weighed and added.
    /// </param>
    /// <returns>Rows [N, size].</returns>
    public Tensor Forward(Tensor input)
    {
        using var scope = new TensorScope();
        var table = norm is null ? weight : norm.Normalize(weight);
        var rows = input.DType == DType.Int64 ? Aten.Embedding(table, input) : input.Mm(table);
        return scope.Keep(LayerTrace.Record(this, rows));
    }
}
