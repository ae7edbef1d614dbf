using System.Diagnostics;
using System.Text;
using Atelier.Torch.Safetensors;

namespace Atelier.Torch.Tests.Safetensors;

/// <summary>
/// Valid headers, bent. Whatever comes in, the header is sound or an AtelierException says why not.
/// </summary>
public sealed class SafetensorsFuzzTests
{
    private const int Inputs = 200_000;
    private const int Seed = 20_260_101;

    /// <summary>
    /// One input alone may take this long; it catches a hang without measuring a busy machine.
    /// </summary>
    private static readonly TimeSpan LongestInput = TimeSpan.FromSeconds(2);

    private static readonly string[] Tokens =
    [
        "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u0000", "\\ud83d", "null", "true", "0", "1", "-1", "16",
        "1e3", "0.5", "9223372036854775807", "9223372036854775808", "18446744073709551615",
        "18446744073709551616", "4294967296", "99999999999999999999999999999999999999",
        "\"dtype\"", "\"shape\"", "\"data_offsets\"", "\"__metadata__\"", "\"F32\"", "\"F8_E5M2\"",
        "\"BOOL\"", "\"x\":", "{\"a\":\"b\"}", "[[[[", " ", "\n", "\0", "/*", "\u00e9",
    ];

    [Fact]
    public void Header_BentFiles_AreReadOrRefused()
    {
        var random = new Random(Seed);
        var corpus = Corpus();
        var read = 0;
        var watch = new Stopwatch();

        for (var i = 0; i < Inputs; i++)
        {
            var file = Bend(corpus, random);
            watch.Restart();
            try
            {
                AssertSound(SafetensorsHeader.FromBytes(file, SafetensorsBytes.Source), file.Length);
                read++;
            }
            catch (AtelierException error)
            {
                Assert.Equal(FailureKind.Checkpoint, error.Kind);
            }

            Assert.True(watch.Elapsed < LongestInput, $"input {i} took {watch.Elapsed}");
        }

        // A mutator that breaks everything, or nothing, tests little.
        Assert.InRange(read, Inputs / 200, Inputs / 2);
    }

    private static void AssertSound(SafetensorsHeader header, long fileLength)
    {
        var next = header.DataOffset;
        foreach (var entry in header.Entries)
        {
            Assert.Equal(next, header.DataOffset + entry.Begin);
            Assert.Equal(
                entry.ByteCount,
                new SafetensorsDeclaration(entry.Name, entry.DType, entry.Shape).ShapeBytes());
            next += entry.ByteCount;
        }

        Assert.Equal(fileLength, next);
        Assert.Equal(header.Entries.Count, header.Entries.DistinctBy(e => e.Name).Count());
    }

    private static List<(string Header, int DataBytes)> Corpus() =>
    [
        ("{}      ", 0),
        ("""{"__metadata__":{"format":"pt","arch":"{\"z\":120}"}}   """, 0),
        ("""{"t":{"dtype":"I32","shape":[2,2],"data_offsets":[0,16]}}""", 16),
        (
            """
            {"a":{"dtype":"F64","shape":[],"data_offsets":[0,8]},
             "b":{"dtype":"BOOL","shape":[3],"data_offsets":[8,11]}}
            """,
            11),
        ("""
         {"__metadata__":{"a":"1"},"x":{"dtype":"F16","shape":[0,7],"data_offsets":[0,0]},
         "y":{"shape":[1,1,1,1,1,1,1,2],"data_offsets":[0,2],"dtype":"U8"},
         "\u00e9":{"dtype":"BF16","shape":[1],"data_offsets":[2,4]}}
         """, 4),
    ];

    private static byte[] Bend(List<(string Header, int DataBytes)> corpus, Random random)
    {
        var (text, dataBytes) = corpus[random.Next(corpus.Count)];
        var header = text;
        for (var n = random.Next(1, 4); n > 0; n--)
            header = BendText(header, corpus, random);
        var bytes = Encoding.UTF8.GetBytes(header);
        if (bytes.Length > 0 && random.Next(8) == 0)
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);

        dataBytes = random.Next(6) == 0 ? random.Next(40) : dataBytes;
        var length = random.Next(12) switch
        {
            0 => (ulong)random.NextInt64(),
            1 => (ulong)Math.Max(0, bytes.Length + random.Next(-3, 4)),
            _ => (ulong)bytes.Length,
        };
        var file = SafetensorsBytes.File(bytes, dataBytes, length);
        return random.Next(16) == 0 ? file[..random.Next(file.Length + 1)] : file;
    }

    private static string BendText(string text, List<(string Header, int DataBytes)> corpus, Random random)
    {
        var at = random.Next(text.Length + 1);
        var span = Math.Min(random.Next(1, 12), text.Length - at);
        switch (random.Next(8))
        {
            case 0: // drop some characters
                return text.Remove(at, span);
            case 1: // repeat some
                return text.Insert(at, text.Substring(at, span));
            case 2: // put a token in
                return text.Insert(at, Tokens[random.Next(Tokens.Length)]);
            case 3: // put a token over something
                return text.Remove(at, span).Insert(at, Tokens[random.Next(Tokens.Length)]);
            case 4: // splice the head of one onto the tail of another
                var other = corpus[random.Next(corpus.Count)].Header;
                return text[..at] + other[random.Next(other.Length + 1)..];
            case 5: // white space
                return text.Insert(at, " \t\r\n"[random.Next(4)].ToString());
            default: // another number for a number
                return ReplaceNumber(text, at, random);
        }
    }

    private static string ReplaceNumber(string text, int from, Random random)
    {
        var start = text.AsSpan(from).IndexOfAnyInRange('0', '9');
        if (start < 0)
            return text;
        start += from;
        var end = start;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
            end++;
        var number = random.Next(3) == 0 ? Tokens[random.Next(12, 24)] : $"{random.Next(20)}";
        return text[..start] + number + text[end..];
    }
}
