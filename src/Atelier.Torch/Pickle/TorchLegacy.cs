using Atelier.Torch.Safetensors;
using static System.Buffers.Binary.BinaryPrimitives;

namespace Atelier.Torch.Pickle;

/// <summary>
/// The layout of torch.save before PyTorch 1.6: five pickles (a magic number, a version, the machine, the
/// value, the keys of its storages), then for each key a count of elements and their bytes. Most published
/// BigGAN weights have it.
/// </summary>
internal sealed class TorchLegacy : ITorchContainer
{
    private const int CountBytes = 8;
    private readonly Dictionary<string, long> places = new(StringComparer.Ordinal);

    /// <summary>Reads the pickles and checks that the storages fill the rest of the file.</summary>
    public TorchLegacy(CheckpointBytes file)
    {
        var bytes = file.Read(0, (int)Math.Min(file.Length, PickleLimits.PickleBytes));
        // The magic number has ten bytes, more than any number of a state dict, so it is compared and not
        // read.
        ReadOnlyMemory<byte> rest = bytes.AsMemory(Magic.Length);
        var at = (long)Magic.Length;
        if (Next(out _, out _) is not 1001L)
            throw file.Refuse("its protocol of torch.save is not 1001");
        if (Next(out _, out _) is not PickleDictionary machine ||
            machine.Items.FirstOrDefault(static i => i.Key is "little_endian").Value is not true)
            throw file.Refuse("its numbers are not in little-endian order");
        var value = Next(out var reader, out var objects);
        if (Next(out _, out _) is not PickleList keys)
            throw file.Refuse("its list of storages is missing");

        foreach (var key in keys.Items)
            at = Place(file, objects, key as string, at);
        if (at != file.Length) throw file.Refuse($"{file.Length - at} bytes follow its last storage");
        foreach (var key in objects.Storages.Keys)
            if (!places.ContainsKey(key))
                throw file.Refuse(
                    $"it refers to the storage {SafetensorsLimits.Quote(key)}, which it does not have");
        Contents = TorchContents.Of(reader, value, file.Length);

        object? Next(out PickleReader cursor, out TorchObjects made)
        {
            cursor = new PickleReader(rest, file.Refuse);
            made = new TorchObjects(cursor);
            var result = new PickleMachine(cursor, made).Run();
            rest = rest[cursor.Position..];
            at += cursor.Position;
            return result;
        }
    }

    /// <inheritdoc/>
    public TorchContents Contents { get; }

    private static ReadOnlySpan<byte> Magic =>
        [0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, (byte)'.'];

    /// <summary>Whether a file begins as this layout does.</summary>
    public static bool Recognises(ReadOnlySpan<byte> start) => start.StartsWith(Magic);

    /// <inheritdoc/>
    public long Locate(TorchStorage storage) => places[storage.Key];

    /// <inheritdoc/>
    public void Verify(TorchStorage storage)
    {
        // This layout has no check of its bytes.
    }

    private long Place(CheckpointBytes file, TorchObjects objects, string? key, long at)
    {
        if (key is null || !objects.Storages.TryGetValue(key, out var storage))
            throw file.Refuse($"it has a storage {SafetensorsLimits.Quote(key ?? "")} that no tensor uses");
        var count = ReadInt64LittleEndian(file.Read(at, CountBytes));
        at += CountBytes;
        if (count != storage.Count || storage.ByteCount > file.Length - at)
            throw file.Refuse(
                $"its storage {SafetensorsLimits.Quote(key)} has {count} elements and {file.Length - at} " +
                $"bytes are left; its tensors need {storage.Count} elements of {storage.Element}");
        if (!places.TryAdd(key, at))
            throw file.Refuse($"it has the storage {SafetensorsLimits.Quote(key)} twice");
        return at + storage.ByteCount;
    }
}
