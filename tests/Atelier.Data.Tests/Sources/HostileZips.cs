using System.IO.Compression;
using System.Text;
using Atelier.Data.Tests.Support;
using Atelier.IO;
using Atelier.Tests;

namespace Atelier.Data.Tests.Sources;

/// <summary>Zip archives that must be refused, each with a part of the reason.</summary>
internal static class HostileZips
{
    private const uint UnixLink = 0xA1FF0000;
    private const uint UnixDevice = 0x21B60000;

    private static readonly byte[] Image = PngMaker.Solid(3, 2, 1, 2, 3);

    public static byte[] Honest() => Head().Add("a/2.png", Image).Finish();

    public static IEnumerable<KeyValuePair<string, (Func<byte[]> File, string Holds)>> All()
    {
        (string Name, Func<byte[]> File, string Holds)[] attacks =
        [
            ("parent folder", () => Named("../hostile-escape.png"), "lead out of a folder"),
            ("parent folder inside", () => Named("a/../../hostile-escape.png"), "lead out of a folder"),
            ("absolute path", () => Named("/tmp/hostile-escape.png"), "lead out of a folder"),
            ("drive", () => Named("C:hostile-escape.png"), "lead out of a folder"),
            ("backslashes", () => Named("..\\hostile-escape.png"), "lead out of a folder"),
            ("control characters", () => Named("a/\u001b[2J.png"), "lead out of a folder"),
            ("NUL in a name", () => Named("a/x.png\0.txt"), "lead out of a folder"),
            ("name of 5000 bytes", () => Named(new string('n', 5000)), "a name of 5000 bytes"),
            ("name that is no UTF-8", NoUtf8, "not UTF-8"),
            ("symbolic link", () => Head().Add("a/2.png", "/etc/passwd"u8, attributes: UnixLink).Finish(),
                "a link or a device"),
            ("device", () => Head().Add("a/2.png", [], attributes: UnixDevice).Finish(),
                "a link or a device"),
            ("name twice", () => Named("a/1.png"), "twice"),
            ("name twice in two spellings", () => Head().Add("a/e\u0301.png", Image)
                .Add("a/\u00e9.png", Image).Finish(), "spelt in two ways"),
            ("file that is a folder too", () => Head().Add("a", Image).Finish(), "as a file and as a folder"),
            ("folder with content", () => Head().Add("b/", Image).Finish(), "folder with content"),
            ("bomb of zeros", () => Bomb(1 << 24), "more than 100 to 1"),
            ("bomb that says it is small", () => Bomb(1 << 24, claim: 1 << 20), "does not unpack to"),
            ("5 GiB claimed for 60 bytes", Claimed, "more than 100 to 1"),
            ("size of 2^63", () => Wide(ulong.MaxValue), "missing or too large"),
            ("overlapping entries", Overlap, "overlaps what follows it"),
            ("one place for many entries", Quoted, "another name in its local header"),
            ("encrypted", () => Head().Add("a/2.png", Image, flags: 0x801).Finish(), "is encrypted"),
            ("other compression", () => Head().Add("a/2.png", Image, method: 14).Finish(), "by method 14"),
            ("wrong CRC", () => Head().Add("a/2.png", Image, crc: 5).Finish(), "do not have the CRC"),
            ("other name in the local header", () => Head().Add("a/2.png", Image, localName: "../2.p")
                .Finish(), "another name"),
            ("directory cut short", () => Honest()[..^30], "does not end with a zip directory"),
            ("directory that counts too few", () => Head().Add("a/2.png", Image).Finish(entries: 1),
                "bytes too many"),
            ("a second directory in the comment", TwoEnds, "two zip directories"),
            ("bytes in front", () => [.. "MZ"u8, .. Honest()], "is a file, but no dataset"),
            ("bytes between", () => Head().Junk("#!/bin/sh"u8).Add("a/2.png", Image).Finish(),
                "belong to no entry"),
            ("a zip in itself and nothing else", Nested, "has no images"),
        ];
        return attacks.Select(static each =>
            KeyValuePair.Create("zip: " + each.Name, (each.File, each.Holds)));
    }

    private static ZipMaker Head() => new ZipMaker().Add("a/1.png", Image);

    private static byte[] Named(string name) => Head().Add(name, Image).Finish();

    private static byte[] NoUtf8()
    {
        var file = Named("a/hostil\u00e9.png");
        // The second byte of the letter goes, in both headers.
        for (var at = 0; (at = file.AsSpan(at).IndexOf((byte)0xC3) + at) >= 0 && at + 1 < file.Length; at++)
        {
            if (file[at + 1] == 0xA9) file[at + 1] = (byte)'!';
            if (file.AsSpan(at + 1).IndexOf((byte)0xC3) < 0) break;
        }

        return file;
    }

    private static byte[] Deflate(byte[] content)
    {
        using var memory = new MemoryStream();
        using (var deflate = new DeflateStream(memory, CompressionLevel.SmallestSize, true))
            deflate.Write(content);
        return memory.ToArray();
    }

    private static byte[] Bomb(int length, uint? claim = null)
    {
        byte[] content = [.. Image, .. new byte[length]];
        return Head().Add("a/2.png", Deflate(content), method: 8, crc: Crc32.Of(content),
            plainSize: claim ?? (uint)content.Length).Finish();
    }

    private static byte[] Claimed() => Wide(5UL << 30);

    private static byte[] Wide(ulong length)
    {
        var packed = Deflate(Image);
        byte[] extra = [1, 0, 8, 0, .. BitConverter.GetBytes(length)];
        return Head().Add("a/2.png", packed, method: 8, plainSize: uint.MaxValue, extra: extra,
            flags: 0x808, localSize: 0, crc: 0).Junk([0x50, 0x4B, 7, 8, 0, 0, 0, 0,
            .. BitConverter.GetBytes((ulong)packed.Length), .. BitConverter.GetBytes(length)]).Finish();
    }

    private static byte[] Overlap()
    {
        var inner = new ZipMaker().Add("a/3.png", Image);
        var bytes = inner.Finish().AsSpan(0, (int)inner.Position);
        var outer = Head();
        var start = (uint)(outer.Position + 30 + "a/2.png".Length);
        outer.Add("a/2.png", bytes);
        return outer.Add("a/3.png", Image, offset: start).Finish();
    }

    private static byte[] Quoted()
    {
        // As in Fifield's bomb, many names of one place; each says another name.
        var zip = Head();
        for (var i = 0; i < 50; i++)
            zip.Add(FormattableString.Invariant($"a/x{i}.png"), [], offset: 0);
        return zip.Finish();
    }

    private static byte[] TwoEnds()
    {
        var first = Honest();
        var second = first[^22..];
        first[^2] = 22;
        return [.. first, .. second];
    }

    private static byte[] Nested() => new ZipMaker().Add("r.zip", Honest()).Finish();
}
