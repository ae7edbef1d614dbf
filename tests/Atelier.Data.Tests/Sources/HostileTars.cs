using System.Formats.Tar;
using Atelier.Data.Tests.Support;

namespace Atelier.Data.Tests.Sources;

/// <summary>Tar archives that must be refused, each with a part of the reason.</summary>
internal static class HostileTars
{
    private static readonly byte[] Image = PngMaker.Solid(3, 2, 1, 2, 3);

    public static byte[] Honest() => Head().Add("a/2.png", Image).Finish();

    public static IEnumerable<KeyValuePair<string, (Func<byte[]> File, string Holds)>> All()
    {
        (string Name, Func<byte[]> File, string Holds)[] attacks =
        [
            ("parent folder", () => Named("../hostile-escape.png"), "lead out of a folder"),
            ("absolute path", () => Named("/tmp/hostile-escape.png"), "lead out of a folder"),
            ("dot in the middle", () => Named("a/./2.png"), "lead out of a folder"),
            ("control characters", () => Named("a/\u0007.png"), "lead out of a folder"),
            ("path of pax that leads out", () => Head().Pax("path", "../hostile-escape.png")
                .Add("a/2.png", Image).Finish(), "lead out of a folder"),
            ("NUL in a path of pax", () => Head().Pax("path", "a/2.png\0x").Add("a/2.png", Image).Finish(),
                "lead out of a folder"),
            ("symbolic link", () => Head().Add("a/2.png", [], '2', link: "/etc/passwd").Finish(),
                "a symbolic link"),
            ("link first, file through it", () => new TarMaker().Add("a", [], '2', link: "/tmp")
                .Add("a/hostile-escape.png", Image).Finish(), "a symbolic link"),
            ("hard link", () => Head().Add("a/2.png", [], '1', link: "a/1.png").Finish(), "a hard link"),
            ("link name of pax", () => Head().Pax("linkpath", "/etc").Add("a/2.png", Image).Finish(),
                "makes a link"),
            ("character device", () => Head().Add("a/2.png", [], '3').Finish(), "a device"),
            ("pipe", () => Head().Add("a/2.png", [], '6').Finish(), "a pipe"),
            ("unknown kind", () => Head().Add("a/2.png", [], 'Z').Finish(), "of the kind 'Z'"),
            ("sparse file of GNU", () => Head().Add("a/2.png", Image, 'S').Finish(), "a sparse file"),
            ("sparse file of pax", () => Head().Pax("GNU.sparse.size", "99999999999").Add("a/2.png", Image)
                .Finish(), "a sparse file"),
            ("name twice", () => Named("a/1.png"), "twice"),
            ("name twice with a dot before it", () => Named("./a/1.png"), "twice"),
            ("file that is a folder too", () => Head().Add("a/1.png/x.png", Image).Finish(),
                "as a file and as a folder"),
            ("folder with content", () => Head().Add("b", Image, '5').Finish(), "folder with content"),
            ("8 GiB claimed", () => Head().Add("a/2.png", Image, size: "77777777777").Finish(),
                "an incomplete copy"),
            ("size of pax above the file", () => Head().Pax("size", "9000000000").Add("a/2.png", Image,
                size: "00000000000").Finish(), "an incomplete copy"),
            ("two sizes", () => Head().Pax("size", "0").Add("a/2.png", Image).Finish(), "has two sizes"),
            ("size that is no number", () => Head().Add("a/2.png", Image, size: "0000000009x").Finish(),
                "is no number"),
            ("negative size", () => Head().Add("a/2.png", Image, size: "\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff"
                + "\u00ff\u00ff\u00ff\u00ff\u00ff").Finish(), "below zero"),
            ("header with a wrong checksum", () => Head().Add("a/2.png", Image, checksumError: 1).Finish(),
                "wrong checksum"),
            ("renamed by a global header", () => Head().Pax("path", "b/2.png", 'g').Add("a/2.png", Image)
                .Finish(), "renames or resizes every file"),
            ("two headers of pax", () => Head().Pax("path", "b").Pax("path", "c").Add("a/2.png", Image)
                .Finish(), "two tar headers"),
            ("broken record of pax", () => Head().Add("pax", "99 path=x\n"u8, 'x').Add("a/2.png", Image)
                .Finish(), "records are broken"),
            ("pax header of 2 MiB", () => Head().Add("pax", new byte[2 << 20], 'x').Finish(),
                "a tar header with 2097152 bytes"),
            ("header without a file", () => Head().Pax("path", "b").Finish(), "belongs to no file"),
            ("no end", () => Head().Open(), "without the end mark"),
            ("a second archive behind the end", () => [.. Honest(), .. Named("b/3.png")],
                "behind the end mark"),
            ("gzip bomb", () => IdxMaker.Gzip([.. Head().Open(), .. new byte[1 << 24]]),
                "unpack to over 100 times"),
            ("gzip in gzip", () => IdxMaker.Gzip(IdxMaker.Gzip(Honest())), "without a tar archive in it"),
            ("gzip with a wrong CRC", WrongCrc, "damaged"),
            ("a tar in itself and nothing else", () => new TarMaker().Add("r.tar", Honest()).Finish(),
                "has no images"),
        ];
        return attacks.Select(static each =>
            KeyValuePair.Create("tar: " + each.Name, (each.File, each.Holds)));
    }

    private static TarMaker Head() => new TarMaker().Add("a/1.png", Image);

    private static byte[] Named(string name) => Head().Add(name, Image).Finish();

    private static byte[] WrongCrc()
    {
        var file = IdxMaker.Gzip(TarMaker.Make([("a/1.png", Image)], TarEntryFormat.Ustar));
        file[^7] ^= 1;
        return file;
    }
}
