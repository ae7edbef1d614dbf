using System.Runtime.InteropServices;

namespace Atelier.Torch.Native;

/// <summary>Mirror of atl_tensor_info; its size is compared at load.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeTensorInfo
{
    public const byte RequiresGradFlag = 1;
    public const byte LeafFlag = 2;
    public const byte ContiguousFlag = 4;
    public const byte ChannelsLastFlag = 8;

    public long* Sizes;
    public long* Strides;
    public void* Data;
    public long ElementCount;
    public int Rank;
    public sbyte DType;
    public sbyte DeviceType;
    public sbyte DeviceIndex;
    public byte Flags;
}
