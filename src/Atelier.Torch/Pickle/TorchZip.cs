using Atelier.IO;
using Atelier.IO.Zip;
using Atelier.Torch.Safetensors;

namespace Atelier.Torch.Pickle;

/// <summary>
/// The zip layout of torch.save since PyTorch 1.6: NAME/data.pkl, NAME/data/KEY for each storage,
/// NAME/version, and since 2.1 NAME/byteorder.
/// </summary>
internal sealed class TorchZip : ITorchContainer
{
    private const int SmallText = 64;
    private const int VerifyBytes = 1 << 20;
    private static readonly ZipRules Rules = new(
        PickleLimits.ZipEntries, PickleLimits.ZipDirectoryBytes, PickleLimits.ZipNameBytes, true);

    private readonly CheckpointBytes file;
    private readonly StrictZip zip;
    private readonly string root;

    /// <summary>Reads structure and pickle; the storages stay in the file.</summary>
    public TorchZip(CheckpointBytes file)
    {
        this.file = file;
        zip = StrictZip.Read(file, Rules);
        root = Root();
        if (Small("byteorder") is { } order && order != "little")
            throw file.Refuse(
                $"its numbers are in {SafetensorsLimits.Quote(order)} byte order; expected little");
        if (Small("version") is not { Length: >= 1 and <= 4 } version || !version.All(char.IsAsciiDigit))
            throw file.Refuse("its version is missing or no number");
        var entry = zip.Find(root + "data.pkl")!;
        if (entry.Length > PickleLimits.PickleBytes)
            throw file.Refuse(
                $"its pickle has {entry.Length} bytes; expected at most {PickleLimits.PickleBytes}");
        var bytes = file.Read(entry.DataOffset, (int)entry.Length);
        if (Crc32.Of(bytes) != entry.Crc) throw WrongCheck(entry);

        var reader = new PickleReader(bytes, file.Refuse);
        var objects = new TorchObjects(reader);
        var value = new PickleMachine(reader, objects).Run();
        if (reader.Position != bytes.Length)
            throw file.Refuse($"{bytes.Length - reader.Position} bytes follow the end of its pickle");
        foreach (var storage in objects.Storages.Values) Entry(storage);
        Contents = TorchContents.Of(reader, value, file.Length);
    }

    /// <inheritdoc/>
    public TorchContents Contents { get; }

    /// <inheritdoc/>
    public long Locate(TorchStorage storage) => Entry(storage).DataOffset;

    /// <inheritdoc/>
    public void Verify(TorchStorage storage)
    {
        var entry = Entry(storage);
        var buffer = new byte[Math.Min(VerifyBytes, entry.Length)];
        var check = 0u;
        for (var done = 0L; done < entry.Length; done += buffer.Length)
        {
            var part = buffer.AsSpan(0, (int)Math.Min(buffer.Length, entry.Length - done));
            file.Read(entry.DataOffset + done, part);
            check = Crc32.Append(check, part);
        }

        if (check != entry.Crc) throw WrongCheck(entry);
    }

    private ZipEntry Entry(TorchStorage storage)
    {
        var entry = zip.Find($"{root}data/{storage.Key}") ?? throw file.Refuse(
            $"it refers to the storage {SafetensorsLimits.Quote(storage.Key)}, which it does not have");
        return entry.Length == storage.ByteCount
            ? entry
            : throw file.Refuse(
                $"its storage {SafetensorsLimits.Quote(storage.Key)} has {entry.Length} bytes, and " +
                $"{storage.Count} elements of {storage.Element} need {storage.ByteCount}");
    }

    private string Root()
    {
        var first = zip.Entries[0].Name;
        var folder = first[..(first.IndexOf('/', StringComparison.Ordinal) + 1)];
        if (folder.Length == 0 || zip.Find(folder + "data.pkl") is null)
            throw file.Refuse("it is a zip archive without data.pkl, so not one of torch.save");
        if (zip.Find(folder + "constants.pkl") is not null)
            throw file.Refuse("it is a TorchScript program; save its state_dict() instead");
        foreach (var entry in zip.Entries)
            if (!entry.Name.StartsWith(folder, StringComparison.Ordinal)
                || !IsPart(entry.Name[folder.Length..]))
                throw file.Refuse(
                    $"its zip entry {SafetensorsLimits.Quote(entry.Name)} is not one that torch.save writes");
        return folder;
    }

    private static bool IsPart(string name) =>
        name is "data.pkl" or "version" or "byteorder" || name.StartsWith('.') ||
        (name.StartsWith("data/", StringComparison.Ordinal)
            && !name[5..].Contains('/', StringComparison.Ordinal));

    private string? Small(string name)
    {
        if (zip.Find(root + name) is not { } entry) return null;
        if (entry.Length > SmallText) throw file.Refuse($"its {name} has {entry.Length} bytes");
        var bytes = file.Read(entry.DataOffset, (int)entry.Length);
        return Crc32.Of(bytes) == entry.Crc
            ? System.Text.Encoding.Latin1.GetString(bytes).Trim()
            : throw WrongCheck(entry);
    }

    private AtelierException WrongCheck(ZipEntry entry) => file.Refuse(
        $"the bytes of {SafetensorsLimits.Quote(entry.Name)} do not have the CRC that the archive states: " +
        "it was damaged on its way");
}
