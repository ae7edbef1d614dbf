using Atelier.Tests;

namespace Atelier.Torch.Tests;

public sealed class GeneratorTests : TensorTest
{
    [Fact]
    public void State_SavedAndPutBack_GivesTheSameNumbersAgain()
    {
        using var generator = new Generator(Device.Cpu, 7);
        _ = Tensor.Randn([3], generator);
        var state = generator.GetState();

        var first = Tensor.Randn([17], generator).ToArray<float>();
        _ = Tensor.Randn([5], generator);
        generator.SetState(state);
        var second = Tensor.Randn([17], generator).ToArray<float>();

        Assert.Equal(first, second);
    }

    [Fact]
    public void Generators_OfDifferentSeeds_AreIndependentOfEachOther()
    {
        using var first = new Generator(Device.Cpu, 1);
        using var second = new Generator(Device.Cpu, 2);
        var alone = Tensor.Randn([4], first).ToArray<float>();
        first.Seed(1);

        _ = Tensor.Randn([9], second);

        Assert.Equal(alone, Tensor.Randn([4], first).ToArray<float>());
        Assert.NotEqual(alone, Tensor.Randn([4], second).ToArray<float>());
    }

    [Fact]
    public void SetState_OfForeignBytes_IsRefused()
    {
        using var generator = new Generator(Device.Cpu, 1);

        Assert.Throws<TorchException>(() => generator.SetState([1, 2, 3]));
    }
}
