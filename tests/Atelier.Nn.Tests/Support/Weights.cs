using Atelier.Torch;

namespace Atelier.Nn.Tests;

/// <summary>A module that holds two parameters and a buffer, for what works on any module.</summary>
internal sealed class Weights : Module
{
    public Weights(params double[] first)
    {
        using var scope = new TensorScope();
        First = Parameter("first", NnTest.Of(first, first.Length));
        Second = Parameter("second", NnTest.Of([1, -2], 2, 1));
        Total = Buffer("total", NnTest.Of([5], 1));
    }

    public Tensor First { get; }

    public Tensor Second { get; }

    public Tensor Total { get; }
}
