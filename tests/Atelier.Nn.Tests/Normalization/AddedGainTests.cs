using Atelier.Torch;

namespace Atelier.Nn.Tests;

/// <summary>BatchNorms that add their gain: (x - 0) / sqrt(1 + 1e-5) + gain + bias in evaluation.</summary>
public sealed class AddedGainTests : NnTest
{
    [Fact]
    public void Forward_OfAPlainBatchNorm_AddsGainAndBias()
    {
        using var norm = new BatchNorm2d(2, 1e-5, addsGain: true);
        norm.Train(false);
        norm.LoadState(new Dictionary<string, Tensor>
        {
            ["gain"] = Tensor.FromArray<float>([2, 10], 2),
            ["bias"] = Tensor.FromArray<float>([0.5f, -1], 2),
            ["statistics.running_mean"] = Tensor.Zeros([2]),
            ["statistics.running_var"] = Tensor.Ones([2]),
        });

        var result = norm.Forward(Tensor.FromArray<float>([1, 3, -2, 4], 1, 2, 1, 2));

        AssertClose([3.5, 5.5, 7, 13], result, 1e-4);
    }

    [Fact]
    public void Forward_OfAConditionalBatchNorm_AddsOnePlusTheClassGain()
    {
        using var norm = ConditionalBatchNorm2d.PerClass(1, 2, 1e-5, Init(), addsGain: true);
        norm.Train(false);
        norm.LoadState(new Dictionary<string, Tensor>
        {
            ["gain.weight"] = Tensor.FromArray<float>([5, 20], 2, 1),
            ["bias.weight"] = Tensor.FromArray<float>([0.25f, 0.5f], 2, 1),
            ["statistics.running_mean"] = Tensor.Zeros([1]),
            ["statistics.running_var"] = Tensor.Ones([1]),
        });

        var result = norm.Forward(
            Tensor.FromArray<float>([1, 2], 2, 1, 1, 1), Tensor.FromArray<long>([0, 1], 2));

        AssertClose([1 + 1 + 5 + 0.25, 2 + 1 + 20 + 0.5], result, 1e-4);
    }
}
