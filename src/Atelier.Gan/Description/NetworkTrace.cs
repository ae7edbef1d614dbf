using Atelier.Nn;
using Atelier.Torch;

namespace Atelier.Gan;

/// <summary>
/// The layers that one image meets on its way through a network, in order (see <see cref="LayerTrace"/>).
/// </summary>
public static class NetworkTrace
{
    /// <summary>Traces a generator; its mode stays.</summary>
    public static IReadOnlyList<LayerCall> Of(GeneratorNetwork generator) =>
        Run(generator, () => generator.Generate(
            Tensor.Zeros([1, generator.LatentSize]), Tensor.Zeros([1], DType.Int64)));

    /// <summary>Traces a discriminator for images of a generator; its mode stays.</summary>
    public static IReadOnlyList<LayerCall> Of(
        DiscriminatorNetwork discriminator, GeneratorNetwork generator) =>
        Run(discriminator, () => discriminator.Discriminate(
            Tensor.Zeros(
                [1, generator.ImageChannels, generator.ImageSize.Height, generator.ImageSize.Width]),
            Tensor.Zeros([1], DType.Int64)));

    private static IReadOnlyList<LayerCall> Run(Module network, Action run)
    {
        using var noGrad = new NoGradScope();
        using var scope = new TensorScope();
        using var trace = new LayerTrace();
        var wasTraining = network.IsTraining;
        network.Train(false);
        run();
        network.Train(wasTraining);
        return trace.Calls;
    }
}
