using System.Runtime.CompilerServices;
using Atelier.Tests;

namespace Atelier.Torch.Tests;

public sealed class TensorLifetimeTests : TensorTest
{
    [Fact]
    public void Scope_AtItsEnd_FreesEverythingButWhatWasKept()
    {
        var before = Tensor.LiveCount;
        Tensor kept;
        Tensor lost;
        using (var scope = new TensorScope())
        {
            lost = Tensor.Ones([2]);
            kept = scope.Keep(lost + 1);
            Assert.Equal(before + 2, Tensor.LiveCount);
        }

        Assert.True(lost.IsDisposed);
        Assert.Equal([2f, 2f], kept.ToArray<float>());
        kept.Dispose();
        Assert.Equal(before, Tensor.LiveCount);
    }

    [Fact]
    public void FreedTensor_WhenUsed_SaysHowItWasFreed()
    {
        Tensor lost;
        using (new TensorScope()) lost = Tensor.Ones([2]);

        var error = Assert.Throws<ObjectDisposedException>(() => lost + 1);

        Assert.Contains("scope.Keep", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void DetachFromScope_OutlivesTheScopeUntilDisposed()
    {
        Tensor parameter;
        using (new TensorScope()) parameter = Tensor.Ones([2]).DetachFromScope();

        AssertClose([1, 1], parameter, 0);
        parameter.Dispose();
        parameter.Dispose();
        Assert.True(parameter.IsDisposed);
    }

    [Fact]
    public void Keep_OfATensorOfAnOuterScope_LeavesItThere()
    {
        var outer = Tensor.Ones([1]);

        using (var inner = new TensorScope()) Assert.Same(outer, inner.Keep(outer));

        Assert.False(outer.IsDisposed);
    }

    [Fact]
    public void FromMemory_SharesTheMemoryAndHoldsTheOwnerUntilTheLastReference()
    {
        var data = GC.AllocateArray<float>(3, pinned: true);
        data[1] = 5;
        unsafe
        {
            var address = (nint)Unsafe.AsPointer(ref data[0]);
            var tensor = Tensor.FromMemory(address, [3], DType.Float32, data);
            var view = tensor.Narrow(0, 1, 1);
            tensor.Dispose();

            data[1] = 7;

            AssertClose([7], view, 0);
        }
    }

    [Fact]
    public void ToArray_OfATransposedTensor_IsRowMajor()
    {
        var tensor = Tensor.FromArray<int>([1, 2, 3, 4, 5, 6], 2, 3).Transpose(0, 1);

        Assert.Equal([1, 4, 2, 5, 3, 6], tensor.ToArray<int>());
    }

    [Fact]
    public void CopyBytesFrom_IntoChannelsLast_KeepsLayoutAndMeaning()
    {
        var tensor = Tensor.Zeros([1, 2, 1, 3]).Contiguous(MemoryFormat.ChannelsLast);
        float[] values = [1, 2, 3, 4, 5, 6];

        tensor.CopyBytesFrom(System.Runtime.InteropServices.MemoryMarshal.AsBytes(values.AsSpan()));

        Assert.True(tensor.IsChannelsLast);
        Assert.Equal(values, tensor.ToArray<float>());
    }
}
