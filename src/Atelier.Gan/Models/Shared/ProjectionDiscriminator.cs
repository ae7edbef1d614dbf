using Atelier.Nn;
using Atelier.Torch;

namespace Atelier.Gan;

/// <summary>
/// What the projection discriminators share, their head: ReLU, sum over space, linear(h) + &lt;embed(y),
/// h&gt; (Miyato and Koyama 2018, arXiv:1802.05637); without conditioning linear(h) alone.
/// </summary>
public abstract class ProjectionDiscriminator : DiscriminatorNetwork
{
    private Linear? linear;
    private Embedding? embedding;

    private protected ProjectionDiscriminator()
    {
    }

    /// <inheritdoc/>
    public sealed override DiscriminatorOutput Discriminate(Tensor images, Tensor classes)
    {
        using var scope = new TensorScope();
        var h = Run(images.Contiguous(MemoryFormat.ChannelsLast));
        // The sum over space in float32: in bfloat16 it would lose the small differences that decide.
        var features = h.Relu().To(DType.Float32).Sum([2, 3]);                  // [N, F]
        var seen = Drop(features);
        var logits = linear!.Forward(seen).To(DType.Float32);                   // [N, 1]
        if (embedding is not null)
            logits = logits + (embedding.Forward(classes) * seen).Sum([1], keepdim: true);
        return new DiscriminatorOutput(scope.Keep(logits), scope.Keep(features));
    }

    /// <summary>The blocks.</summary>
    /// <param name="images">[N, C, H, W].</param>
    /// <returns>[N, F, h, w], before the last ReLU.</returns>
    private protected abstract Tensor Run(Tensor images);

    /// <summary>Adds the head; a derived class calls it after its blocks.</summary>
    private protected void AddHead(ArchitectureOptions options, long features, InitializationContext init)
    {
        var norm = options.DiscriminatorSpectralNorm;
        linear = Child("linear", new Linear(features, 1, norm, init));
        if (options.IsConditional)
            embedding = Child("embedding", new Embedding(options.ClassCount, features, norm, init));
    }
}
