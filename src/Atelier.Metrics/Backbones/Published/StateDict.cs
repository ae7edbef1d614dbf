using Atelier.Torch;
using Atelier.Torch.Pickle;
using Atelier.Torch.Safetensors;

namespace Atelier.Metrics;

/// <summary>
/// The tensors of a published file, by name: a .pth of PyTorch or a .safetensors. Where all names begin with
/// a wrapper of training (DataParallel's <c>module.</c>, for instance), it is dropped.
/// </summary>
internal sealed class StateDict : IDisposable
{
    private static readonly string[] Wrappers = ["state_dict.", "module.", "_orig_mod.", "backbone."];
    private readonly IDisposable file;
    private readonly Dictionary<string, (IReadOnlyList<long> Shape, Func<Tensor> Read)> entries;

    private StateDict(
        string path, IDisposable file,
        IReadOnlyList<(string Name, IReadOnlyList<long> Shape, Func<Tensor> Read)> stored)
    {
        Path = path;
        this.file = file;
        var cut = 0;
        while (Wrappers.FirstOrDefault(w => stored.Count > 0
                   && stored.All(e => e.Name.AsSpan(cut).StartsWith(w))) is { } wrapper)
            cut += wrapper.Length;
        entries = stored.ToDictionary(e => e.Name[cut..], static e => (e.Shape, e.Read),
            StringComparer.Ordinal);
    }

    /// <summary>The path as it was given.</summary>
    public string Path { get; }

    /// <summary>The names, without wrappers.</summary>
    public IReadOnlyCollection<string> Names => entries.Keys;

    /// <summary>Opens a file; its tensors are read when asked for.</summary>
    /// <exception cref="AtelierException">Missing, damaged, a TorchScript program, or something else
    /// (Checkpoint).</exception>
    public static StateDict Open(string path)
    {
        if (IsSafetensors(path))
        {
            var plain = SafetensorsFile.Open(path);
            return new StateDict(path, plain, [.. plain.Entries.Select(e => (
                e.Name, (IReadOnlyList<long>)e.Shape, (Func<Tensor>)(() => plain.Read(e.Name))))]);
        }

        var pickled = TorchCheckpoint.Open(path);
        return new StateDict(path, pickled, [.. pickled.Entries.Select(e => (
            e.Name, e.Shape, (Func<Tensor>)(() => pickled.Read(e))))]);
    }

    /// <summary>The shape of a tensor.</summary>
    public IReadOnlyList<long> Shape(string name) => entries[name].Shape;

    /// <summary>Reads a tensor as float32.</summary>
    public Tensor Read(string name)
    {
        using var scope = new TensorScope();
        return scope.Keep(entries[name].Read().To(DType.Float32));
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();

    private static bool IsSafetensors(string path)
    {
        // The length of the header, then the header, which is JSON.
        Span<byte> start = stackalloc byte[9];
        try
        {
            using var stream = File.OpenRead(path);
            return stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length
                && start[8] == (byte)'{';
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new AtelierException(
                FailureKind.Checkpoint, $"The weights '{path}' cannot be read: {error.Message}", error);
        }
    }
}
