using System.Globalization;
using System.Text;
using Atelier.Torch.Safetensors;

namespace Atelier.Torch.Tests.Safetensors;

/// <summary>
/// Every rule of the header, each broken once. The cases follow the format's own test list in meaning.
/// </summary>
public sealed class SafetensorsHeaderTests
{
    private const string Whole = """{"t":{"dtype":"I32","shape":[2,2],"data_offsets":[0,16]}}""";

    [Fact]
    public void Header_OneTensor_IsReadWithPlaceAndShape()
    {
        var header = SafetensorsHeader.FromBytes(SafetensorsBytes.File(Whole, 16), SafetensorsBytes.Source);

        var entry = Assert.Single(header.Entries);
        Assert.Equal("t: I32 [2, 2] at 0..16", entry.ToString());
        Assert.Equal(4, entry.NumberOfElements);
        Assert.Equal(8 + Whole.Length, header.DataOffset);
        Assert.Empty(header.Metadata);
    }

    [Theory]
    [InlineData("""{"t":{"dtype":"I32","shape":[],"data_offsets":[0,4]}}""", 4, 1)] // a scalar
    [InlineData("""{"t":{"dtype":"I32","shape":[2,0],"data_offsets":[0,0]}}""", 0, 0)] // no elements
    [InlineData("""{"t":{"data_offsets":[0,3],"shape":[3],"dtype":"BOOL"}}""", 3, 3)] // fields in any order
    [InlineData("{\"t\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]}} \r\n\t ", 1, 1)] // padded
    [InlineData("""{"t":{"dtype":"U8","shape":[1,1,1,1,1,1,1,2],"data_offsets":[0,2]}}""", 2, 2)] // rank 8
    public void Header_UnusualButRight_IsRead(string json, int dataBytes, long elements)
    {
        var header = SafetensorsHeader.FromBytes(
            SafetensorsBytes.File(json, dataBytes), SafetensorsBytes.Source);

        Assert.Equal(elements, Assert.Single(header.Entries).NumberOfElements);
    }

    [Fact]
    public void Header_NoTensors_IsRead()
    {
        var header = SafetensorsHeader.FromBytes(
            SafetensorsBytes.File("""{"__metadata__":{"a":"1","b":""}}""", 0), SafetensorsBytes.Source);

        Assert.Empty(header.Entries);
        Assert.Equal("1", header.Metadata["a"]);
        Assert.Equal("", header.Metadata["b"]);
    }

    [Fact]
    public void Header_TensorsInAnyOrder_AreSortedByTheirBytes()
    {
        var header = SafetensorsHeader.FromBytes(
            SafetensorsBytes.File(
                """
                {"c":{"dtype":"U8","shape":[2],"data_offsets":[4,6]},
                 "none":{"dtype":"U8","shape":[0],"data_offsets":[4,4]},
                "a":{"dtype":"I32","shape":[1],"data_offsets":[0,4]}}
                """,
                6),
            SafetensorsBytes.Source);

        Assert.Equal(["a", "none", "c"], header.Entries.Select(e => e.Name));
    }

    [Theory]
    [InlineData(0, "it is empty")]
    [InlineData(7, "it has 7 bytes")]
    [InlineData(8, "the file ends at byte 8, its header needs 65: incomplete copy")]
    [InlineData(40, "the file ends at byte 40, its header needs 65: incomplete copy")]
    [InlineData(70, "the file ends at byte 70, its tensors need 81: incomplete copy")]
    [InlineData(80, "the file ends at byte 80, its tensors need 81: incomplete copy")]
    public void File_CutShort_SaysWhereItEndsAndWhatItNeeds(int length, string words)
    {
        var file = SafetensorsBytes.File(Whole, 16);
        Assert.Equal(81, file.Length);

        Assert.Contains(words, SafetensorsBytes.Refused(file[..length]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void File_CutAnywhere_IsRefused()
    {
        var file = SafetensorsBytes.File(Whole, 16);

        for (var length = 0; length < file.Length; length++)
            SafetensorsBytes.Refused(file[..length]);
    }

    [Theory]
    [InlineData(100_000_001UL)]
    [InlineData(0xFFFFFF000000003CUL)]
    [InlineData(ulong.MaxValue)]
    public void File_HeaderLengthAboveTheBound_IsRefused(ulong length)
    {
        var error = SafetensorsBytes.Refused(
            SafetensorsBytes.File(Encoding.UTF8.GetBytes(Whole), 16, length));

        Assert.Contains($"a header of {length} bytes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void File_BytesAfterTheLastTensor_AreRefused()
    {
        var error = SafetensorsBytes.Refused(SafetensorsBytes.File(Whole, 16 + 3));

        Assert.Contains("3 bytes after its last tensor", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "its header has no bytes")]
    [InlineData(" {}", "starts with byte 0x20")]
    [InlineData("[]", "starts with byte 0x5B")]
    [InlineData("{", "not the JSON")]
    [InlineData("{} x", "not the JSON")]
    [InlineData("{}{}", "not the JSON")]
    [InlineData("{}\0", "not the JSON")]
    [InlineData("{/**/}", "not the JSON")]
    [InlineData("""{"__metadata__":{},}""", "not the JSON")]
    [InlineData("""{"\ud800":{}}""", "no valid Unicode")]
    public void Header_NotJson_IsRefused(string json, string words) => AssertRefused(json, 0, words);

    [Theory]
    [InlineData(0xFF)] // never in UTF-8
    [InlineData(0xC0)] // an overlong form would start so
    public void Header_NotUtf8_IsRefused(int bad)
    {
        byte[] header = [.. "{\"__metadata__\":{\"k\":\""u8, (byte)bad, .. "\"}}"u8];

        Assert.Contains(
            "not UTF-8", SafetensorsBytes.Refused(SafetensorsBytes.File(header, 0)).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"__metadata__":{"a":"1","a":"2"}}""", "the key 'a' twice")]
    [InlineData("""{"__metadata__":{"a":"1","\u0061":"2"}}""", "the key 'a' twice")] // equal once unescaped
    [InlineData("""{"__metadata__":{},"__metadata__":{}}""", "__metadata__ stands in its header twice")]
    [InlineData("""{"__metadata__":{"a":1}}""", "'a' is not a string")]
    [InlineData("""{"__metadata__":{"a":null}}""", "'a' is not a string")]
    [InlineData("""{"__metadata__":{"a":{"b":"c"}}}""", "'a' is not a string")]
    [InlineData("""{"__metadata__":"a"}""", "must be an object of strings")]
    [InlineData("""{"__metadata__":null}""", "must be an object of strings")]
    public void Metadata_NotStringToString_IsRefused(string json, string words) =>
        AssertRefused(json, 0, words);

    [Theory]
    [InlineData("""{"t":[]}""", "tensor 't' must be an object")]
    [InlineData("""{"t":{"dtype":"U8","shape":[0]}}""", "lacks one of dtype, shape and data_offsets")]
    [InlineData("""{"t":{"dtype":"U8","data_offsets":[0,0]}}""", "lacks one of")]
    [InlineData("""{"t":{"shape":[0],"data_offsets":[0,0]}}""", "lacks one of")]
    [InlineData("""{"t":{"dtype":"U8","shape":[0],"data_offsets":[0]}}""", "are not two numbers")]
    [InlineData("""{"t":{"dtype":"U8","shape":[0],"data_offsets":[]}}""", "are not two numbers")]
    [InlineData("""{"t":{"dtype":"U8","shape":[0],"data_offsets":[0,0,0]}}""", "more than 2 numbers")]
    [InlineData("""{"t":{"dtype":"U8","shape":[0],"data_offsets":[0,0],"more":1}}""", "the field 'more'")]
    [InlineData(
        """{"t":{"dtype":"U8","dtype":"I8","shape":[0],"data_offsets":[0,0]}}""", "the field dtype twice")]
    [InlineData("""{"t":{"dtype":"u8","shape":[0],"data_offsets":[0,0]}}""", "the dtype 'u8'")]
    [InlineData(
        """{"t":{"dtype":7,"shape":[0],"data_offsets":[0,0]}}""", "dtype of tensor 't' must be a string")]
    [InlineData(
        """{"t":{"dtype":"F8_E4M3","shape":[0],"data_offsets":[0,0]}}""", "convert it to F16, BF16 or F32")]
    [InlineData("""{"t":{"dtype":"C64","shape":[0],"data_offsets":[0,0]}}""", "is C64")]
    [InlineData(
        """{"t":{"dtype":"U8","shape":0,"data_offsets":[0,0]}}""", "shape of tensor 't' must be a list")]
    [InlineData(
        """{"t":{"dtype":"U8","shape":[0,1,1,1,1,1,1,1,1],"data_offsets":[0,0]}}""", "more than 8 numbers")]
    [InlineData("""{"t":{"dtype":"U8","shape":[-1],"data_offsets":[0,0]}}""", "no whole number from 0")]
    [InlineData("""{"t":{"dtype":"U8","shape":[0.0],"data_offsets":[0,0]}}""", "no whole number from 0")]
    [InlineData("""{"t":{"dtype":"U8","shape":[0e0],"data_offsets":[0,0]}}""", "no whole number from 0")]
    [InlineData("""{"t":{"dtype":"U8","shape":["0"],"data_offsets":[0,0]}}""", "no whole number from 0")]
    [InlineData("""{"t":{"dtype":"U8","shape":[[0]],"data_offsets":[0,0]}}""", "not the JSON")]
    public void Tensor_MalformedFields_AreRefused(string json, string words) => AssertRefused(json, 0, words);

    [Theory]
    [InlineData("2,18446744073709551614", "beyond 63 bits")]
    [InlineData("2,9223372036854775807", "more bytes than a file can hold")] // elements overflow
    [InlineData("9223372036854775807", "more bytes than a file can hold")] // elements fit, bytes do not
    [InlineData("4294967296,4294967296", "more bytes than a file can hold")] // product is 0 modulo 2^64
    [InlineData("4611686018427387904,4,0", "more bytes than a file can hold")] // overflow before the zero
    public void Shape_Overflow_IsRefused(string shape, string words) =>
        AssertRefused($$$"""{"t":{"dtype":"I32","shape":[{{{shape}}}],"data_offsets":[0,16]}}""", 16, words);

    [Theory]
    [InlineData("0,4", "needs 16 bytes, and its offsets [0, 4] hold 4")]
    [InlineData("0,17", "needs 16 bytes")]
    [InlineData("16,0", "bytes 0 to 16 of its data, before tensor 't', belong to no tensor")]
    [InlineData("1,17", "bytes 0 to 1")]
    [InlineData("0,18446744073709551615", "beyond 63 bits")]
    [InlineData("9223372036854775800,9223372036854775807", "belong to no tensor")]
    public void Offsets_NotThoseOfTheShape_AreRefused(string offsets, string words) =>
        AssertRefused($$$"""{"t":{"dtype":"I32","shape":[2,2],"data_offsets":[{{{offsets}}}]}}""", 16, words);

    [Fact]
    public void Tensor_Reversed_IsRefused() => AssertRefused(
        """
        {"a":{"dtype":"U8","shape":[8],"data_offsets":[0,8]},
         "b":{"dtype":"U8","shape":[0],"data_offsets":[8,4]}}
        """,
        8,
        "its offsets [8, 4]");

    [Theory]
    [InlineData(0, 4, "tensor 'b' starts at byte 0 of the data, inside the one before it, which ends at 4")]
    [InlineData(2, 6, "inside the one before it")]
    [InlineData(6, 10, "bytes 4 to 6 of its data, before tensor 'b', belong to no tensor")]
    public void Tensors_OverlapOrHole_IsRefused(int begin, int end, string words) => AssertRefused(
        $$$"""
        {"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},
         "b":{"dtype":"U8","shape":[4],"data_offsets":[{{{begin}}},{{{end}}}]}}
        """,
        end,
        words);

    [Fact]
    public void Tensors_ManyOverOneRange_AreRefused()
    {
        var same = Enumerable.Range(0, 10).Select(i => $$$"""
            "w{{{i}}}":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]}
            """);

        AssertRefused("{" + string.Join(',', same) + "}", 16, "inside the one before it");
    }

    [Theory]
    [InlineData("t", "t")]
    [InlineData("t", "\\u0074")]
    public void Tensors_OfOneName_AreRefused(string first, string second) => AssertRefused(
        $$$"""
        {"{{{first}}}":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},
         "{{{second}}}":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}
        """,
        2,
        "tensor 't' stands in its header twice");

    [Theory]
    [InlineData(512, true)]
    [InlineData(513, false)]
    [InlineData(1_000_000, false)]
    public void Name_Long_IsReadUpToTheBound(int bytes, bool allowed)
    {
        var json = $$$"""{"{{{new string('n', bytes)}}}":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}""";
        if (allowed)
            SafetensorsHeader.FromBytes(SafetensorsBytes.File(json, 1), SafetensorsBytes.Source);
        else
            AssertRefused(json, 1, "longer than 512 bytes");
    }

    [Theory]
    [InlineData("{\"t\":")]
    [InlineData("{\"t\":{\"shape\":")]
    [InlineData("{\"__metadata__\":{\"a\":")]
    public void Header_NestedAMillionTimes_IsRefusedAtOnce(string start) =>
        SafetensorsBytes.Refused(SafetensorsBytes.File(start + new string('[', 1_000_000), 0));

    [Fact]
    public void Header_MoreThanAMillionTensors_IsRefused()
    {
        var json = new StringBuilder("{", 60_000_000);
        for (var i = 0; i <= 1_000_000; i++)
            json.Append(i == 0 ? "" : ",").Append(
                CultureInfo.InvariantCulture,
                $"\"{i}\":{{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}}");

        AssertRefused(json.Append('}').ToString(), 0, "more than 1000000 tensors");
    }

    [Fact]
    public void Message_HostileName_CarriesNoControlCharacters()
    {
        var error = SafetensorsBytes.Refused(
            SafetensorsBytes.File(
                """{"\u001b[31m\u0007\n":{"dtype":"U8","shape":[1],"data_offsets":[0,2]}}""", 2));

        Assert.DoesNotContain(error.Message, char.IsControl);
    }

    private static void AssertRefused(string json, int dataBytes, string words) => Assert.Contains(
        words, SafetensorsBytes.Refused(SafetensorsBytes.File(json, dataBytes)).Message,
        StringComparison.Ordinal);
}
