using Atelier.Torch;

namespace Atelier.Nn.Tests.Layers;

public sealed class DropoutTests : NnTest
{
    [Fact]
    public void Forward_KeepingFourFifths_DropsTheRestAndKeepsTheMean()
    {
        using var random = new Generator(Device.Cpu, 3);

        var output = new Dropout(0.8, random).Forward(Tensor.Full([100, 200], 2)).ToArray<float>();

        Assert.Equal([0f, 2.5f], output.Distinct().Order());
        // 20,000 draws: three standard errors of the share are 0.0085.
        Assert.InRange(output.Count(static v => v != 0) / 20_000.0, 0.79, 0.81);
    }

    [Fact]
    public void Forward_FromOneState_GivesOneMaskAndItsGradient()
    {
        using var random = new Generator(Device.Cpu, 3);
        var dropout = new Dropout(0.5, random);
        var input = Ramp(5, 7);
        input.RequiresGrad = true;
        var state = random.GetState();

        var first = dropout.Forward(input);
        var other = dropout.Forward(input);
        random.SetState(state);
        var again = dropout.Forward(input);
        Autograd.Backward(again.Sum());

        Assert.Equal(0, MaxDifference(first, again));
        Assert.NotEqual(0, MaxDifference(first, other));
        Assert.Equal(0, MaxDifference(input.Grad! * input, again));
    }
}
