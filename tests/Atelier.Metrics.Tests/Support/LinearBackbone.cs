using Atelier.Torch;

namespace Atelier.Metrics.Tests;

/// <summary>Features are fixed linear functions of the pixels; the logits are the means of three
/// bands.</summary>
internal sealed class LinearBackbone : IBackbone
{
    private readonly Tensor weight;
    private readonly Tensor bands;

    public LinearBackbone(int features = 6, int size = 12)
    {
        Input = new BackboneInput(1, size);
        FeatureCount = features;
        var random = new Random(5);
        var values = new float[size * size * features];
        foreach (ref var value in values.AsSpan()) value = (float)(random.NextDouble() - 0.4);
        weight = Tensor.FromArray<float>(values, size * size, features).DetachFromScope();
        var rows = new float[size * size * 3];
        for (var pixel = 0; pixel < size * size; pixel++)
            rows[(pixel * 3) + (pixel / size * 3 / size)] = 0.1f;
        bands = Tensor.FromArray<float>(rows, size * size, 3).DetachFromScope();
    }

    public string Name => "linear";

    public string Sha256 { get; init; } = new('a', 64);

    public string Precision { get; init; } = "fp32";

    public string Preprocessing { get; init; } = "none";

    public int FeatureCount { get; }

    public IReadOnlyList<string> ClassNames { get; init; } = ["top", "middle", "bottom"];

    public BackboneInput Input { get; }

    /// <summary>Gives NaN in the last feature of the last image.</summary>
    public bool IsBroken { get; init; }

    public int Images { get; private set; }

    public BackboneOutput Extract(Tensor images)
    {
        Images += (int)images.Size(0);
        var flat = images.Flatten(1);
        var features = flat.Matmul(weight);
        if (IsBroken) features.Select(0, -1).Select(0, -1).CopyInPlace(Tensor.FromArray<float>([float.NaN]));
        return new BackboneOutput(features, flat.Matmul(bands));
    }

    public void Dispose()
    {
        weight.Dispose();
        bands.Dispose();
    }
}
