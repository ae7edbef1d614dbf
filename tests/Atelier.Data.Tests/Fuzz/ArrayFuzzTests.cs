using System.Text;
using Atelier.Data.Archives;
using Atelier.Data.Hdf5;
using Atelier.Data.Lmdb;
using Atelier.Data.Numpy;
using Atelier.Data.Tests.Support;
using Atelier.Tests;

namespace Atelier.Data.Tests.Fuzz;

/// <summary>Bent files of arrays and databases in memory, every image read.</summary>
public sealed class ArrayFuzzTests
{
    private static readonly byte[] Signs = "'\",:(){}[]<>|=uif1248 \nTF\\"u8.ToArray();

    [Fact]
    public void Npy_Bent_IsReadOrRefused() => FuzzRun.Run(
        200_000, 4,
        [
            Npy("{'descr': '|u1', 'fortran_order': False, 'shape': (2, 2, 3), }\n", 12),
            Npy("{'descr': '|u1', 'fortran_order': False, 'shape': (1, 3, 2, 2), }\n", 12),
        ],
        FailureKind.Dataset, ReadNpy, Signs);

    [Fact]
    public void Idx_Bent_IsReadOrRefused() => FuzzRun.Run(
        200_000, 5,
        [IdxMaker.Make([1, 2, 3, 4, 5, 6], 1, 3, 2), IdxMaker.Make([7, 8], 2)],
        FailureKind.Dataset, static file => IdxReader.Read(new MemoryStream(file), "x"));

    [Fact]
    public void Idx_BentGzip_IsReadOrRefused() => FuzzRun.Run(
        20_000, 6, [IdxMaker.Gzip(IdxMaker.Make([1, 2, 3, 4, 5, 6], 1, 3, 2))],
        FailureKind.Dataset, static file => IdxReader.Read(new MemoryStream(file), "x.gz"));

    [Fact]
    public void Lmdb_Bent_IsReadOrRefused() => FuzzRun.Run(
        15_000, 7, [Golden.Read("Sources/lsun/data.mdb")], FailureKind.Dataset, static file =>
        {
            using var tree = new LmdbTree("x", new ArchiveBytes("x", file));
            for (var i = 0; i < tree.Files.Count; i++)
                tree.Read(i, 64, out _);
        });

    [Fact]
    public void Hdf5_Bent_IsReadOrRefused() => FuzzRun.Run(
        15_000, 8,
        [.. new[] { "biggan-plain", "biggan-lzf", "gzip-parts", "contiguous" }
            .Select(static name => Golden.Read($"Sources/{name}.hdf5"))],
        FailureKind.Dataset, static file =>
        {
            using var source = Hdf5Reader.Open(new ArchiveBytes("x", file));
            for (var i = 0; i < Math.Min(source.Count, 20); i++)
                source.Decode(i);
        });

    private static byte[] Npy(string header, int values) =>
    [
        0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. Encoding.ASCII.GetBytes(header),
        .. new byte[values],
    ];

    private static void ReadNpy(byte[] file)
    {
        var array = new NpyFile(new ArchiveBytes("x", file), 0, file.Length, "");
        using var images = array.Images();
        for (var i = 0; i < images.Count; i++)
            images.Read(i);
    }
}
