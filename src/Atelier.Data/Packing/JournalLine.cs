using System.Text.Json.Serialization;

namespace Atelier.Data;

/// <summary>A line of the journal; each kind has its own fields.</summary>
internal sealed record JournalLine
{
    /// <summary>Head: which form of journal.</summary>
    public string? Format { get; init; }

    /// <summary>Head: what source and options were.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>Scan: the channels of the dataset.</summary>
    public int? Channels { get; init; }

    /// <summary>Block: images of the source that were looked at until its end.</summary>
    public int? Done { get; init; }

    /// <summary>Block: CRC-32 of its pixels.</summary>
    public uint? Check { get; init; }

    /// <summary>Scan and block: the images that turned out bad in it, and why.</summary>
    public IReadOnlyList<JournalOffender>? Bad { get; init; }
}

/// <summary>A bad image.</summary>
/// <param name="Index">Its index in the source.</param>
/// <param name="Reason">One line.</param>
internal sealed record JournalOffender(int Index, string Reason);

/// <summary>Reads and writes lines without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(JournalLine))]
internal sealed partial class JournalContext : JsonSerializerContext;
