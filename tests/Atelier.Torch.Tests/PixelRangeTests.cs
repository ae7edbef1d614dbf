namespace Atelier.Torch.Tests;

public sealed class PixelRangeTests
{
    [Fact]
    public void FromBytes_EndsOfTheRange_AreExactlyOne()
    {
        using var bytes = Tensor.FromArray<byte>([0, 255], 2);
        using var values = PixelRange.FromBytes(bytes, Device.Cpu);

        Assert.Equal([-1f, 1f], values.ToArray<float>());
        Assert.Equal([0, 255], bytes.ToArray<byte>());
    }

    [Fact]
    public void ToBytes_OfFromBytes_GivesEveryByteBack()
    {
        byte[] all = [.. Enumerable.Range(0, 256).Select(static value => (byte)value)];
        using var bytes = Tensor.FromArray(all, 256);
        using var values = PixelRange.FromBytes(bytes, Device.Cpu);
        using var back = PixelRange.ToBytes(values);

        Assert.Equal(all, back.ToArray<byte>());
    }

    [Fact]
    public void ToBytes_OutsideTheRange_IsClamped()
    {
        using var values = Tensor.FromArray<float>([-1.5f, 0f, 1.2f], 3);
        using var bytes = PixelRange.ToBytes(values);

        Assert.Equal([0, 128, 255], bytes.ToArray<byte>());
    }
}
