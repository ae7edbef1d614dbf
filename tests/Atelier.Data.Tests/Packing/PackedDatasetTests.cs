using System.Text;
using Atelier.Data.Tests.Support;

namespace Atelier.Data.Tests.Packing;

public sealed class PackedDatasetTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly byte[] good;

    public PackedDatasetTests()
    {
        IdxMaker.WriteFolder(folder, "fashion");
        using var source = DatasetOpener.OpenSource(folder["fashion"]);
        DatasetPacker.Pack(source, folder["good.atl"], new PackOptions { Size = 4 });
        good = File.ReadAllBytes(folder["good.atl"]);
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Open_CutAnywhere_IsRefused()
    {
        for (var length = 0; length < good.Length; length += 97)
            Assert.Equal(FailureKind.Dataset, Opening(good[..length]).Kind);
        Assert.Contains("an incomplete copy?", Opening(good[..^1]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_TrailingByte_IsRefused()
        => Assert.Equal(FailureKind.Dataset, Opening([.. good, 0]).Kind);

    [Theory]
    [InlineData("\"count\":10", "\"count\":11")]
    [InlineData("\"count\":10", "\"count\":-1")]
    [InlineData("\"channels\":1", "\"channels\":2")]
    [InlineData("\"height\":4", "\"height\":0")]
    [InlineData("\"width\":4", "\"width\":8")]
    [InlineData("\"start\":7", "\"start\":6")]
    [InlineData("\"name\":\"test\"", "\"name\":\"train\"")]
    [InlineData("\"skipped\":0", "\"skipped\":-1")]
    [InlineData("\"skipped\":0", "\"channels\":1")]
    [InlineData("\"skipped\":0", "\"unknown\":1")]
    [InlineData("\"Coat\"", "\"\\u0007\"")]
    [InlineData("\"pixels_offset\":4096", "\"pixels_offset\":4095")]
    [InlineData("\"pixels_offset\":4096", "\"pixels_offset\":9223372036854775807")]
    [InlineData("\"labels_offset\":", "\"labels_offset\":9")]
    [InlineData("\"resizer\":\"pad\"", "\"resizer\":null")]
    public void Open_HeaderThatBreaksARule_IsRefused(string from, string to)
    {
        var length = BitConverter.ToInt32(good, 12);
        var json = Encoding.UTF8.GetString(good, 16, length);
        Assert.Contains(from, json, StringComparison.Ordinal);
        var index = json.IndexOf(from, StringComparison.Ordinal);
        json = json[..index] + to + json[(index + from.Length)..].TrimEnd(' ');
        // The header may grow into the gap before the labels, never beyond it.
        var room = 128 + length;
        var bytes = good.ToArray();
        BitConverter.GetBytes(length).CopyTo(bytes, 12);
        var encoded = Encoding.UTF8.GetBytes(json.Length < length ? json.PadRight(length) : json);
        Assert.InRange(encoded.Length, 0, room);
        encoded.CopyTo(bytes, 16);
        if (encoded.Length > length)
            BitConverter.GetBytes(encoded.Length).CopyTo(bytes, 12);

        Assert.Equal(FailureKind.Dataset, Opening(bytes).Kind);
    }

    [Fact]
    public void Open_LabelBeyondTheClasses_IsRefused()
    {
        var bytes = good.ToArray();
        bytes[LabelsOffset() + 8] = 10;

        Assert.Contains("image 2 has label 10", Opening(bytes).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_NewerVersion_SaysSo()
    {
        var bytes = good.ToArray();
        bytes[8] = 2;

        Assert.Contains("format version 2", Opening(bytes).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_AnyFlippedBitOfLabelsOrPixels_IsFound()
    {
        var random = new Random(7);
        var places = Enumerable.Range(0, 60).Select(_ => random.Next(4096, good.Length))
            .Append(LabelsOffset() + 4);
        foreach (var place in places)
        {
            var bytes = good.ToArray();
            bytes[place] ^= (byte)(place == LabelsOffset() + 4 ? 1 : 1 << random.Next(8));
            using var dataset = PackedDataset.Open(folder.Write("bad.atl", bytes));

            Assert.Contains("is damaged", Assert.Throws<AtelierException>(() => dataset.Verify()).Message,
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Verify_ChangedClassName_IsFound()
    {
        var text = Encoding.Latin1.GetString(good).Replace("\"Coat\"", "\"Coal\"", StringComparison.Ordinal);
        using var dataset = PackedDataset.Open(folder.Write("bad.atl", Encoding.Latin1.GetBytes(text)));

        Assert.Throws<AtelierException>(() => dataset.Verify());
    }

    [Fact]
    public void Open_RandomDamageToTheFront_OpensOrIsRefused()
    {
        var random = new Random(11);
        for (var round = 0; round < 300; round++)
        {
            var bytes = good.ToArray();
            for (var k = random.Next(1, 5); k > 0; k--)
                bytes[random.Next(0, 1400)] = (byte)random.Next(256);
            var path = folder.Write("bad.atl", bytes);
            try
            {
                PackedDataset.Open(path).Dispose();
            }
            catch (AtelierException failure)
            {
                Assert.Equal(FailureKind.Dataset, failure.Kind);
            }
        }
    }

    [Fact]
    public unsafe void Lease_DatasetDisposedFirst_StillReads()
    {
        var dataset = PackedDataset.Open(folder["good.atl"]);
        var expected = dataset.Image(0).ToArray();
        using var lease = dataset.Lease(0, 10)!;
        dataset.Dispose();

        Assert.Equal(expected, new ReadOnlySpan<byte>((void*)lease.Pointer, expected.Length).ToArray());
        Assert.Equal(0, lease.Pointer % 4096);
        Assert.Throws<ObjectDisposedException>(() => dataset.Image(0).Length);
    }

    [Fact]
    public void Split_UnknownName_NamesThoseThereAre()
    {
        using var dataset = PackedDataset.Open(folder["good.atl"]);

        Assert.Contains("it has train, test",
            Assert.Throws<AtelierException>(() => dataset.Split("val")).Message,
            StringComparison.Ordinal);
    }

    private int LabelsOffset() => (16 + BitConverter.ToInt32(good, 12) + 63) / 64 * 64;

    private AtelierException Opening(byte[] bytes)
        => Assert.Throws<AtelierException>(() => PackedDataset.Open(folder.Write("bad.atl", bytes))
        .Dispose());
}
