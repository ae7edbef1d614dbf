using System.Text.Json.Nodes;
using Atelier.Torch;
using Atelier.Torch.Safetensors;

namespace Atelier.Gan;

/// <summary>
/// A discriminator out of a model, ready to judge images in evaluation mode: spectral norm does its power
/// iteration from the stored vector and does not store the result, so that a judgement depends on nothing
/// that was judged before.
/// </summary>
public sealed class DiscriminatorSession : IDisposable
{
    /// <summary>Images judged at a time.</summary>
    public const int BatchSize = 64;

    /// <summary>Opens a model file, or a checkpoint's file with its discriminator beside it.</summary>
    /// <exception cref="AtelierException">Missing, damaged, or without a discriminator.</exception>
    public DiscriminatorSession(string path)
    {
        (Discriminator, Card) = ModelFile.ReadDiscriminator(path);
        (ImageChannels, ImageSize) = (Channels(), Size());
    }

    /// <summary>The discriminator, in evaluation mode.</summary>
    public DiscriminatorNetwork Discriminator { get; }

    /// <summary>What the model's file says of it.</summary>
    public ModelCard Card { get; }

    /// <summary>Channels of the images that it judges.</summary>
    public int ImageChannels { get; }

    /// <summary>Height and width of the images that it judges.</summary>
    public ImageSize ImageSize { get; }

    /// <summary>Judges one batch.</summary>
    /// <param name="images">[N, C, H, W] in [-1, 1], float32.</param>
    /// <param name="classes">Class ids [N], int64, checked by the caller.</param>
    /// <returns>N logits; positive means real.</returns>
    public float[] Judge(Tensor images, Tensor classes)
    {
        using var noGrad = new NoGradScope();
        using var scope = new TensorScope();
        return Discriminator.Discriminate(images, classes).Logits.Reshape([-1]).ToArray<float>();
    }

    /// <summary>
    /// Judges the tensors `x` float32 [N, C, H, W] and `y` int64 [N] of a file and writes `logits` float32
    /// [N, 1], whole or not at all.
    /// </summary>
    /// <returns>How many images were judged.</returns>
    /// <exception cref="AtelierException">A tensor is missing or of another type, shape or range.</exception>
    public int WriteFromInputs(string inputs, string path)
    {
        using var scope = new TensorScope();
        using var file = SafetensorsFile.Open(inputs);
        const string expected = "x [N, C, H, W] float32 in [-1, 1] and y [N] int64";
        var images = RawInputs.Read(file, "x", DType.Float32, 4, expected);
        var classes = RawInputs.Read(file, "y", DType.Int64, 1, expected);
        if (!images.Shape.AsSpan(1).SequenceEqual([ImageChannels, ImageSize.Height, ImageSize.Width]) ||
            images.Size(0) != classes.Size(0))
            throw new AtelierException(
                FailureKind.Usage,
                $"'{inputs}' has x [{string.Join(", ", images.Shape)}] and y [{classes.Size(0)}]; the " +
                $"model needs x [N, {ImageChannels}, {ImageSize.Height}, {ImageSize.Width}] and y [N] " +
                "with " +
                "one N.");
        ClassCheck.Require(Card, classes.ToArray<long>());
        var count = (int)images.Size(0);
        var logits = new float[count];
        for (var start = 0; start < count; start += BatchSize)
        {
            var length = Math.Min(BatchSize, count - start);
            Judge(images.Narrow(0, start, length), classes.Narrow(0, start, length)).CopyTo(logits, start);
        }

        SafetensorsWriter.Write(path, [("logits", Tensor.FromArray<float>(logits, count, 1))]);
        return count;
    }

    /// <inheritdoc/>
    public void Dispose() => Discriminator.Dispose();

    private int Channels() => Option("image_channels") is { } value && value.TryGetValue(out int channels)
        ? channels
        : throw Without("image_channels");

    private ImageSize Size()
    {
        if (Option("resolution") is not { } value) throw Without("resolution");
        if (value.TryGetValue(out int side)) return side;
        return value.TryGetValue(out string? text) && ImageSizeJson.TryParse(text, out var size)
            ? size
            : throw Without("resolution");
    }

    /// <summary>What every family keeps among its options; the network was built from them.</summary>
    private JsonValue? Option(string name) => JsonNode.Parse(Card.OptionsJson)?[name] as JsonValue;

    private static AtelierException Without(string option) => new(
        FailureKind.Checkpoint,
        $"The model's options have no '{option}', so it cannot be told what images it judges. The file was " +
        "made by another version, or damaged.");
}
