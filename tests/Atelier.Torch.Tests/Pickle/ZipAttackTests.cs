using System.IO.Compression;
using System.Text;
using Atelier.Tests;

namespace Atelier.Torch.Tests.Pickle;

/// <summary>Zip archives that lie about themselves, that hide something, or that unpack to more.</summary>
public sealed class ZipAttackTests : CheckpointTest
{
    private static readonly byte[] Pickle = PickleText.Start.Raw("}").Entry("weight", [2, 2], [2, 1]).Stop();
    private static readonly byte[] Wide = [1, 0, 8, 0, 16, 0, 0, 0, 0, 0, 0, 0];
    private static readonly Dictionary<string, (Func<byte[]> File, string Holds)> Attacks = All();

    public static TheoryData<string> Names() => [.. Attacks.Keys];

    [Fact]
    public void Zip_Honest_IsRead()
    {
        using var checkpoint = OpenBytes(ZipMaker.Checkpoint(Pickle));

        AssertClose([1, 2, 3, 4], checkpoint.Read(Assert.Single(checkpoint.Entries)), 0);
    }

    [Fact]
    public void Zip_HonestZip64_IsRead()
    {
        var file = ZipMaker.Parts(Pickle).Finish(
            entries: ushort.MaxValue, directoryOffset: uint.MaxValue, wide: true);

        using var checkpoint = OpenBytes(file);

        AssertClose([1, 2, 3, 4], checkpoint.Read(Assert.Single(checkpoint.Entries)), 0);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Zip_Hostile_IsRefusedByName(string attack)
    {
        var (file, holds) = Attacks[attack];

        AssertRefused(file(), holds);
    }

    [Fact]
    public void Zip_CutAnywhere_IsRefused()
    {
        var file = ZipMaker.Checkpoint(Pickle);

        AssertEachRefused(Enumerable.Range(1, file.Length - 1).Select(length => file[..length]));
    }

    [Fact]
    public void Legacy_CutAnywhere_IsRefused()
    {
        var file = File.ReadAllBytes(Golden("views-legacy.pth"));

        AssertEachRefused(Enumerable.Range(1, file.Length - 1).Select(length => file[..length]));
    }

    private static Dictionary<string, (Func<byte[]> File, string Holds)> All()
    {
        static ZipMaker Head() => new ZipMaker().Add("m/data.pkl", Pickle).Add("m/version", "3\n"u8);
        static byte[] Named(string name) => ZipMaker.Parts(Pickle).Add(name, "x"u8).Finish();
        var floats = ZipMaker.Floats;
        return new Dictionary<string, (Func<byte[]> File, string Holds)>(StringComparer.Ordinal)
        {
            ["duplicated entry"] = (() => ZipMaker.Parts(Pickle).Add("m/data.pkl", Pickle).Finish(),
                "the entry 'm/data.pkl' twice"),
            ["path traversal"] = (() => Named("m/../../etc/cron.d/x"), "lead out of a folder"),
            ["absolute path"] = (() => Named("/etc/passwd"), "lead out of a folder"),
            ["backslashes"] = (() => Named("m\\..\\x"), "lead out of a folder"),
            ["name with NUL"] = (() => Named("m/data/1\0.txt"), "lead out of a folder"),
            ["name of 600 bytes"] = (() => Named("m/data/" + new string('a', 600)), "a name of 607 bytes"),
            ["a second folder"] =
                (() => Named("n/data.pkl"), "'n/data.pkl' is not one that torch.save writes"),
            ["Python source"] = (() => Named("m/code/run.py"), "'m/code/run.py' is not one"),
            ["TorchScript"] = (() => Named("m/constants.pkl"), "TorchScript program"),
            ["compressed bomb"] = (Bomb, "is compressed (method 8)"),
            ["method stored over deflate"] = (() => Head().Add("m/data/0", floats, method: 12).Finish(),
                "(method 12)"),
            ["encrypted"] = (() => Head().Add("m/data/0", floats, flags: 0x801).Finish(), "is encrypted"),
            ["strong encryption"] =
                (() => Head().Add("m/data/0", floats, flags: 0x840).Finish(), "unknown flags"),
            ["wrong CRC of the pickle"] = (() => new ZipMaker().Add("m/data.pkl", Pickle, crc: 1)
                .Add("m/version", "3"u8).Add("m/data/0", floats).Finish(), "do not have the CRC"),
            ["wrong CRC of a storage"] = (() => Head().Add("m/data/0", floats, crc: 1).Finish(),
                "'m/data/0' do not have the CRC"),
            ["a bit of a storage turned"] = (BitTurned, "'m/data/0' do not have the CRC"),
            ["local name differs"] = (() => Head().Add("m/data/0", floats, localName: "m/data/1").Finish(),
                "another name in its local header"),
            ["local size differs"] = (() => Head().Add("m/data/0", floats, localSize: 12).Finish(),
                "another size or CRC in its local header"),
            ["local flags differ"] = (() => Head().Add("m/data/0", floats, localFlags: 0x801).Finish(),
                "other flags"),
            ["size too large"] = (() => Head().Add("m/data/0", floats, size: 1 << 20).Finish(),
                "does not fit into the archive"),
            ["size too small"] =
                (() => Head().Add("m/data/0", floats, size: 8).Finish(), "belong to no entry"),
            ["descriptor that is not there"] = (() => Head().Add("m/data/0", floats, flags: 0x808).Finish(),
                "belong to no entry"),
            ["descriptor that lies"] = (() => Head().Add("m/data/0", floats, flags: 0x808).Junk(new byte[16])
                .Finish(), "another size or CRC behind its data"),
            ["overlapping entries"] = (Overlap, "overlaps what follows it"),
            ["two entries on one place"] = (() => ZipMaker.Parts(Pickle).Add("m/data/0x", floats,
                localName: "m/data/0", offset: 0).Finish(), "another name"),
            ["offset beyond the end"] = (() => Head().Add("m/data/0", floats, offset: 1 << 30).Finish(),
                "does not fit into the archive"),
            ["bytes before the first entry"] = (() => new ZipMaker().Junk("PK.."u8).Add("m/data.pkl", Pickle)
                .Add("m/version", "3"u8).Add("m/data/0", floats).Finish(), "4 bytes stand before"),
            ["bytes between entries"] = (() => Head().Junk("#!/bin/sh"u8).Add("m/data/0", floats).Finish(),
                "9 bytes after its zip entry 'm/version'"),
            ["bytes behind the archive"] = (() => [.. ZipMaker.Checkpoint(Pickle), 0], "does not end with"),
            ["comment on the archive"] =
                (() => ZipMaker.Parts(Pickle).Finish(comment: 3), "does not end with"),
            ["comment on an entry"] =
                (() => Head().Add("m/data/0", floats, comment: [1]).Finish(), "a comment"),
            ["fewer entries than there are"] =
                (() => ZipMaker.Parts(Pickle).Finish(entries: 3), "bytes too many"),
            ["more entries than there are"] = (() => ZipMaker.Parts(Pickle).Finish(entries: 9), "cut short"),
            ["no entries"] = (() => new ZipMaker().Junk("PK"u8).Finish(), "has 0 entries"),
            ["directory too long"] =
                (() => ZipMaker.Parts(Pickle).Finish(directorySize: 1 << 20), "does not reach"),
            ["directory elsewhere"] =
                (() => ZipMaker.Parts(Pickle).Finish(directoryOffset: 7), "does not reach"),
            ["zip64 count differs"] = (() => ZipMaker.Parts(Pickle).Finish(wide: true, wideEntries: 2),
                "contradict each other"),
            ["zip64 count of 2^62"] = (() => ZipMaker.Parts(Pickle).Finish(
                entries: ushort.MaxValue, wide: true, wideEntries: 1ul << 62), "entries; expected 1 to"),
            ["zip64 count above 2^63"] = (() => ZipMaker.Parts(Pickle).Finish(
                entries: ushort.MaxValue, wide: true, wideEntries: ulong.MaxValue), "above 2^63"),
            ["zip64 offset"] = (() => ZipMaker.Parts(Pickle).Finish(
                directoryOffset: uint.MaxValue, wide: true, wideOffset: 1ul << 62), "does not reach"),
            ["zip64 record elsewhere"] = (() => ZipMaker.Parts(Pickle).Finish(wide: true, wideRecord: 0),
                "not where, or not what"),
            ["zip64 field missing"] = (() => Head().Add("m/data/0", floats, size: uint.MaxValue).Finish(),
                "missing or too large"),
            ["zip64 field superfluous"] = (() => Head().Add("m/data/0", floats, extra: Wide).Finish(),
                "bytes too many"),
            ["zip64 field of 2^63"] = (() => Head().Add("m/data/0", floats, size: uint.MaxValue,
                extra: [1, 0, 16, 0, .. new byte[7], 0x80, .. new byte[8]]).Finish(), "missing or too large"),
            ["extra field cut short"] = (() => Head().Add("m/data/0", floats, extra: [1, 0, 99, 0]).Finish(),
                "an extra field"),
            ["big-endian"] = (() => Head().Add("m/byteorder", "big"u8).Add("m/data/0", floats).Finish(),
                "'big' byte order"),
            ["no version"] = (() => new ZipMaker().Add("m/data.pkl", Pickle).Add("m/data/0", floats).Finish(),
                "its version is missing"),
            ["no pickle"] = (() => new ZipMaker().Add("m/data/0", floats).Finish(), "without data.pkl"),
            ["no storage"] = (() => Head().Finish(), "the storage '0', which it does not have"),
            ["storage of another size"] = (() => Head().Add("m/data/0", floats.AsSpan(4)).Finish(),
                "has 12 bytes, and 4 elements of Float32 need 16"),
            ["a pickle of 17 MiB"] =
                (() => ZipMaker.Checkpoint(new byte[17 << 20]), "expected at most 16777216"),
            ["a bare pickle"] = (() => Pickle, "begins neither"),
            ["a tar archive"] = (() => [.. Encoding.ASCII.GetBytes("sys_info\0"), .. new byte[1024]],
                "begins neither"),
        };
    }

    private static byte[] Bomb()
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = zip.CreateEntry("m/data.pkl").Open();
            entry.Write(new byte[1 << 20]);
        }

        return stream.ToArray();
    }

    private static byte[] BitTurned()
    {
        var file = ZipMaker.Checkpoint(Pickle);
        file[file.AsSpan().IndexOf(ZipMaker.Floats) + 5] ^= 1;
        return file;
    }

    /// <summary>The second header lies inside the first entry's data, and both look sound.</summary>
    private static byte[] Overlap()
    {
        var inner = new ZipMaker().Add("m/data/0", ZipMaker.Floats);
        var bytes = inner.Finish().AsSpan(0, (int)inner.Position);
        var outer = new ZipMaker().Add("m/data.pkl", Pickle).Add("m/version", "3"u8);
        var start = (uint)(outer.Position + 30 + "m/data/1".Length);
        outer.Add("m/data/1", bytes);
        return outer.Add("m/data/0", ZipMaker.Floats, offset: start).Finish();
    }
}
