using Atelier.Torch;

namespace Atelier.Gan.Import;

/// <summary>A tensor of a foreign checkpoint, or one made of several, not read yet.</summary>
/// <param name="Source">Its name in the checkpoint.</param>
/// <param name="Shape">Its sizes.</param>
/// <param name="Read">Reads it; the result belongs to the current scope or the caller.</param>
public sealed record ForeignTensor(string Source, IReadOnlyList<long> Shape, Func<Tensor> Read)
{
    /// <summary>The same tensor after a change that its shape foretells.</summary>
    public ForeignTensor Then(IReadOnlyList<long> shape, Func<Tensor, Tensor> change) =>
        new(Source, shape, () =>
        {
            using var scope = new TensorScope();
            return scope.Keep(change(Read()));
        });
}
