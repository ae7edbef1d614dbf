using System.Text.Json.Serialization;

namespace Atelier.Cli.Doctor;

/// <summary>How a check of the doctor came out.</summary>
internal enum CheckStatus
{
    /// <summary>As it should be.</summary>
    [JsonStringEnumMemberName("ok")]
    Ok,

    /// <summary>Works, but slower or with something missing that not everyone needs.</summary>
    [JsonStringEnumMemberName("warn")]
    Warn,

    /// <summary>Training or sampling cannot work.</summary>
    [JsonStringEnumMemberName("fail")]
    Fail,
}
