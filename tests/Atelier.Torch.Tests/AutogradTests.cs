using Atelier.Tests;

namespace Atelier.Torch.Tests;

public sealed class AutogradTests : TensorTest
{
    [Fact]
    public void Backward_OfAProduct_LeavesTheOtherFactorAsGradient()
    {
        var left = Tensor.FromArray<float>([2, 3], 2);
        var right = Tensor.FromArray<float>([5, 7], 2);
        left.RequiresGrad = true;

        Autograd.Backward((left * right).Sum());

        AssertClose([5, 7], left.Grad!, 0);
        Assert.Null(right.Grad);
    }

    [Fact]
    public void Grad_WithCreateGraph_CanBeDifferentiatedAgain()
    {
        // f = x^3: f' = 3x^2 and f'' = 6x.
        var x = Tensor.FromArray<double>([2, -1.5], 2);
        x.RequiresGrad = true;

        var first = Autograd.Grad([x.Pow(3).Sum()], [x], createGraph: true)[0]!;
        var second = Autograd.Grad([first.Sum()], [x])[0]!;

        AssertClose([12, 6.75], first, 1e-12);
        AssertClose([12, -9], second, 1e-12);
    }

    [Fact]
    public void Grad_OfAnUnusedInput_IsNullWhenAllowedAndAnErrorWhenNot()
    {
        var used = Tensor.Ones([1]);
        var unused = Tensor.Ones([1]);
        used.RequiresGrad = unused.RequiresGrad = true;

        Assert.Null(Autograd.Grad([used.Sum()], [used, unused], allowUnused: true)[1]);
        Assert.Throws<TorchException>(() => Autograd.Grad([used.Sum()], [used, unused]));
    }

    [Fact]
    public void NoGradScope_Nested_RestoresTheModeOfEachLevel()
    {
        var x = Tensor.Ones([1]);
        x.RequiresGrad = true;

        using (new NoGradScope())
        {
            using (new NoGradScope()) Assert.False((x * 2).RequiresGrad);
            Assert.False((x * 2).RequiresGrad);
        }

        Assert.True((x * 2).RequiresGrad);
    }

    [Fact]
    public void AutocastScope_MakesMatrixProductsBfloat16AndEndsWithItsScope()
    {
        var x = Tensor.Ones([4, 4]);

        using (new AutocastScope(DeviceType.Cpu, DType.BFloat16))
            Assert.Equal(DType.BFloat16, x.Matmul(x).DType);

        Assert.Equal(DType.Float32, x.Matmul(x).DType);
    }
}
