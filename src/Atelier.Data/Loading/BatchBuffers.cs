namespace Atelier.Data;

/// <summary>
/// The memory of a batch, which outlives it: a batch that is disposed twice cannot take it from its next
/// owner.
/// </summary>
internal sealed class BatchBuffers(int count, int imageBytes)
{
    // Pinned, so that a tensor can lie over the bytes while they travel to the device.
    public byte[] Pixels { get; } =
        GC.AllocateUninitializedArray<byte>(checked(count * imageBytes), pinned: true);

    public long[] Labels { get; } = GC.AllocateUninitializedArray<long>(count, pinned: true);
}
