namespace Atelier.Torch.Safetensors;

/// <content>Tensors into a file.</content>
public static unsafe partial class SafetensorsWriter
{
    private const int LargestWrite = 1 << 26;

    /// <summary>Writes tensors to a file, whole or not at all: beside its place, synced, renamed.</summary>
    /// <param name="path">The file to create or replace; its folder must exist.</param>
    /// <param name="tensors">
    /// In any order, on any device, of any layout; written row-major, one at a time.
    /// </param>
    /// <param name="metadata">Free text for the header, or null for none.</param>
    /// <exception cref="AtelierException">
    /// Names or shapes that no reader would take (Checkpoint), or the disk (Disk).
    /// </exception>
    public static void Write(
        string path,
        IReadOnlyList<(string Name, Tensor Tensor)> tensors,
        IReadOnlyDictionary<string, string>? metadata = null) =>
        Write(path, Declare(tensors), metadata, (i, _, stream) => WriteBytes(tensors[i].Tensor, stream));

    /// <summary>
    /// Writes tensors to a stream, front to back; the stream need not seek, and stays open.
    /// </summary>
    /// <param name="stream">Where to write.</param>
    /// <param name="tensors">
    /// In any order, on any device, of any layout; written row-major, one at a time.
    /// </param>
    /// <param name="metadata">Free text for the header, or null for none.</param>
    /// <exception cref="AtelierException">Names or shapes that no reader would take (Checkpoint).</exception>
    public static void Write(
        Stream stream,
        IReadOnlyList<(string Name, Tensor Tensor)> tensors,
        IReadOnlyDictionary<string, string>? metadata = null) =>
        Write(stream, Declare(tensors), metadata, (i, _, to) => WriteBytes(tensors[i].Tensor, to));

    private static List<SafetensorsDeclaration> Declare(
        IReadOnlyList<(string Name, Tensor Tensor)> tensors) =>
        [.. tensors.Select(
            t => new SafetensorsDeclaration(t.Name, t.Tensor.DType.ToFileType(), t.Tensor.Shape))];

    private static void WriteBytes(Tensor tensor, Stream stream)
    {
        using var noGrad = new NoGradScope();
        using var scope = new TensorScope();
        var host = tensor.IsContiguous && tensor.Device.Type == DeviceType.Cpu
            ? tensor
            : tensor.Detach().To(Device.Cpu, tensor.DType).Contiguous();
        var info = host.Describe();
        var length = info.ElementCount * tensor.DType.ByteSize();
        for (var done = 0L; done < length; done += LargestWrite)
            stream.Write(
                new ReadOnlySpan<byte>((byte*)info.Data + done, (int)Math.Min(LargestWrite, length - done)));
        GC.KeepAlive(host);
    }
}
