using System.Runtime.InteropServices;
using Atelier.Torch.Native;

namespace Atelier.Torch;

/// <summary>A source of random numbers with a state that can be saved and put back to the last bit.</summary>
public sealed class Generator : SafeHandle
{
    /// <summary>A generator of its own, started from a seed.</summary>
    public Generator(Device device, ulong seed)
        : base(0, ownsHandle: true)
    {
        TorchRuntime.EnsureLoaded();
        Device = device;
        NativeStatus.Check(NativeMethods.GeneratorNew((int)device.Type, device.Index, seed, out var native));
        SetHandle(native);
    }

    private Generator(Device device, nint native)
        : base(0, ownsHandle: true)
    {
        Device = device;
        SetHandle(native);
    }

    /// <summary>Where the numbers are drawn.</summary>
    public Device Device { get; }

    /// <summary>True after Dispose.</summary>
    public override bool IsInvalid => handle == 0;

    internal nint Handle => IsClosed ? throw new ObjectDisposedException(nameof(Generator)) : handle;

    /// <summary>The generator that operators without one of their own draw from.</summary>
    public static Generator Default(Device device)
    {
        TorchRuntime.EnsureLoaded();
        NativeStatus.Check(NativeMethods.GeneratorDefault((int)device.Type, device.Index, out var native));
        return new Generator(device, native);
    }

    /// <summary>Starts again from a seed.</summary>
    public void Seed(ulong seed) => NativeStatus.Check(NativeMethods.GeneratorSeed(Handle, seed));

    /// <summary>The whole state; its length is libtorch's affair.</summary>
    public byte[] GetState()
    {
        NativeStatus.Check(NativeMethods.GeneratorStateGet(Handle, out var native));
        using var state = Tensor.Own(native).DetachFromScope();
        return state.ToArray<byte>();
    }

    /// <summary>Puts back a state that <see cref="GetState"/> gave.</summary>
    /// <exception cref="TorchException">The bytes are not a state of this kind of generator.</exception>
    public void SetState(ReadOnlySpan<byte> state)
    {
        using var tensor = Tensor.FromArray(state, state.Length).DetachFromScope();
        NativeStatus.Check(NativeMethods.GeneratorStateSet(Handle, tensor.Handle));
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle() => NativeMethods.GeneratorRelease(handle) == 0;
}
