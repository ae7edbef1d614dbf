using Atelier.Tests;

namespace Atelier.Torch.Tests;

public sealed class OperatorTests : TensorTest
{
    [Fact]
    public void Add_WithAlpha_ScalesTheSecondOperandOnly()
    {
        var left = Tensor.FromArray<float>([1, 2, 3], 3);
        var right = Tensor.FromArray<float>([10, 20, 40], 3);

        var sum = left.Add(right, alpha: 3);

        AssertClose([31, 62, 123], sum, 0);
    }

    [Fact]
    public void Sum_OverTwoDimensions_KeepsTheOthers()
    {
        var tensor = Tensor.FromArray<float>([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], 1, 3, 2, 2);

        var sum = tensor.Sum([2, 3]);

        Assert.Equal([1L, 3L], sum.Shape);
        AssertClose([10, 26, 42], sum, 0);
    }

    [Fact]
    public void Conv2d_WithoutOptionalArguments_UsesStrideOneAndNoPadding()
    {
        var image = Tensor.FromArray<float>([1, 2, 3, 4, 5, 6, 7, 8, 9], 1, 1, 3, 3);
        var kernel = Tensor.FromArray<float>([1, 0, 0, 2], 1, 1, 2, 2);

        var result = Aten.Conv2d(image, kernel);

        AssertClose([11, 14, 20, 23], result, 0);
    }

    [Fact]
    public void Max_AlongADimension_GivesValuesAndIndices()
    {
        var tensor = Tensor.FromArray<float>([1, 9, 3, 8, 2, 4], 2, 3);

        var (values, indices) = tensor.Max(1);

        AssertClose([9, 8], values, 0);
        AssertClose([1, 0], indices, 0);
    }

    [Fact]
    public void Split_OfUnevenLength_GivesAShorterLastPart()
    {
        var parts = Tensor.FromArray<float>([1, 2, 3, 4, 5], 5).Split(2);

        Assert.Equal([2L, 2L, 1L], parts.Select(p => p.Size(0)));
        AssertClose([5], parts[2], 0);
    }

    [Fact]
    public void ForeachAddInPlace_ChangesEveryTensorOfTheList()
    {
        var first = Tensor.FromArray<float>([1, 2], 2);
        var second = Tensor.FromArray<float>([3], 1);

        Aten.ForeachAddInPlace([first, second], [Tensor.Ones([2]), Tensor.Ones([1])], alpha: 0.5);

        AssertClose([1.5, 2.5], first, 0);
        AssertClose([3.5], second, 0);
    }

    [Fact]
    public void Index_WithAnAbsentIndex_TakesTheWholeDimension()
    {
        var tensor = Tensor.FromArray<float>([1, 2, 3, 4, 5, 6], 2, 3);
        var columns = Tensor.FromArray<long>([2, 0], 2);

        var picked = tensor.Index([null, columns]);

        AssertClose([3, 1, 6, 4], picked, 0);
    }

    [Fact]
    public void Einsum_TakesTextAndAList()
    {
        var left = Tensor.FromArray<float>([1, 2, 3, 4], 2, 2);
        var right = Tensor.FromArray<float>([10, 1], 2);

        AssertClose([12, 34], Aten.Einsum("ij,j->i", [left, right]), 0);
    }

    [Fact]
    public void Matmul_OfMismatchedShapes_ThrowsWithLibtorchsWordsAndTheOperator()
    {
        var error = Assert.Throws<TorchException>(() => Tensor.Ones([2, 3]).Matmul(Tensor.Ones([2, 3])));

        Assert.Contains("aten::matmul", error.Message, StringComparison.Ordinal);
        Assert.Contains("2x3", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Empty_OfAnAbsurdSize_IsOutOfMemoryAndNotACrash()
    {
        var error = Assert.Throws<AtelierException>(() => Tensor.Empty([1L << 50]));

        Assert.Equal(FailureKind.OutOfMemory, error.Kind);
    }

    [Theory]
    [InlineData(
        "aten::f(Tensor self, int[2] stride=1) -> Tensor",
        "aten::f(Tensor(a!) self, SymInt[2] stride=1) -> Tensor(a!)", true)]
    [InlineData("aten::f(Tensor self) -> Tensor", "aten::f(Tensor self, *, bool flag=False) -> Tensor", true)]
    [InlineData("aten::f(Tensor self) -> Tensor", "aten::f(Tensor self, bool flag) -> Tensor", false)]
    [InlineData(
        "aten::f(Tensor self, int dim) -> Tensor", "aten::f(Tensor self, float dim) -> Tensor", false)]
    [InlineData("aten::f(Tensor self, int dim) -> Tensor", "aten::f(Tensor self) -> Tensor", false)]
    public void SchemaText_TellsHarmlessFromHarmfulDifferences(
        string expected, string actual, bool compatible) =>
        Assert.Equal(compatible, SchemaText.Difference(expected, actual) is null);
}
