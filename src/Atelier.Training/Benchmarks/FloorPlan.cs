using Atelier.Gan;
using Atelier.Nn;
using Atelier.Training.Loop;

namespace Atelier.Training.Benchmarks;

/// <summary>
/// The convolutions and matrix products that a training step cannot do without, with their shapes as the
/// papers draw the layers: enlarged and then convolved, convolved and then averaged. A 1x1 convolution of a
/// skip stands on the smaller map, where it is the same and costs a quarter, so the floor is rather too low.
/// Gradients that nobody asks for are left out: none of D's weights while G learns, none of data.
/// Normalisations, activations, power iterations, class tables and penalties are not in it.
/// </summary>
public static class FloorPlan
{
    private const int AttentionKeyShare = 8;
    private const int AttentionValueShare = 2;

    /// <summary>Lists the operations of one step.</summary>
    /// <param name="generator">G.</param>
    /// <param name="discriminator">D.</param>
    /// <param name="batch">Images of one pass.</param>
    /// <param name="accumulation">Passes of one update.</param>
    /// <param name="discriminatorSteps">Updates of D in a step.</param>
    public static IReadOnlyList<FloorEntry> Of(
        GeneratorNetwork generator, DiscriminatorNetwork discriminator, int batch, int accumulation,
        int discriminatorSteps)
    {
        var ofGenerator = NetworkTrace.Of(generator);
        var ofDiscriminator = NetworkTrace.Of(discriminator, generator);
        var passes = accumulation * discriminatorSteps;
        var images = generator.ImageChannels;
        return
        [
            .. Entries(ofGenerator, batch, FloorPass.Forward, StepPhase.GeneratorForward, passes),
            .. Entries(
                ofDiscriminator, 2 * batch, FloorPass.Forward, StepPhase.DiscriminatorForward, passes),
            .. Entries(
                ofDiscriminator, 2 * batch, FloorPass.BothGradients, StepPhase.DiscriminatorBackward, passes)
                .Select(entry => TakesData(entry, images)
                    ? entry with { Pass = FloorPass.WeightGradient }
                    : entry),
            .. Entries(ofGenerator, batch, FloorPass.Forward, StepPhase.Generator, accumulation),
            .. Entries(ofDiscriminator, batch, FloorPass.Forward, StepPhase.Generator, accumulation),
            .. Entries(ofDiscriminator, batch, FloorPass.InputGradient, StepPhase.Generator, accumulation)
                .Select(static entry => entry.Operation is ProductOperation { Batch: > 1 }
                    ? entry with { Pass = FloorPass.BothGradients }
                    : entry),
            .. Entries(ofGenerator, batch, FloorPass.BothGradients, StepPhase.Generator, accumulation),
        ];
    }

    /// <summary>The layers that see the images themselves have as many inputs as an image has channels.
    /// </summary>
    private static bool TakesData(FloorEntry entry, int imageChannels) =>
        entry.Operation is ConvolutionOperation convolution && convolution.Inputs == imageChannels;

    private static IEnumerable<FloorEntry> Entries(
        IReadOnlyList<LayerCall> calls, int batch, FloorPass pass, StepPhase phase, int count) =>
        calls.SelectMany(call => Operations(call, batch))
            .Select(operation => new FloorEntry(operation, pass, phase, count));

    private static FloorOperation[] Operations(LayerCall call, int batch) => call.Layer switch
    {
        Conv2d layer => [Convolution(layer, call, batch)],
        Linear layer => [new ProductOperation(1, batch, WeightShape(layer)[1], WeightShape(layer)[0])],
        SelfAttention2d => Attention(call.OutputShape, batch),
        _ => [],
    };

    private static ConvolutionOperation Convolution(Conv2d layer, LayerCall call, int batch)
    {
        var weight = WeightShape(layer);
        var (outputs, inputs, kernel) = (weight[0], weight[1], weight[2]);
        var (height, width) = (call.OutputShape[2], call.OutputShape[3]);
        // A convolution that averages 2x2 squares in the same go tells the small map that is left, and more
        // operations for each of its elements than its kernel has places.
        var alone = 2.0 * inputs * kernel * kernel * outputs * height * width;
        var scale = call.Flops > alone ? 2 : 1;
        return new ConvolutionOperation(batch, inputs, outputs, height * scale, width * scale, kernel);
    }

    private static FloorOperation[] Attention(IReadOnlyList<long> output, int batch)
    {
        var (channels, height, width) = (output[1], output[2], output[3]);
        var pixels = height * width;
        var pooled = (height + 1) / 2 * ((width + 1) / 2);
        return
        [
            new ProductOperation(batch, pixels, channels / AttentionKeyShare, pooled),
            new ProductOperation(batch, channels / AttentionValueShare, pooled, pixels),
        ];
    }

    private static IReadOnlyList<long> WeightShape(Module layer) =>
        [.. layer.NamedParameters().First(static p => p.Name == "weight").Tensor.Shape];
}
