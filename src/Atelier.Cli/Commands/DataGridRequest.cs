using Atelier.Data.Decoding;

namespace Atelier.Cli.Commands;

/// <summary>What a user asked of <c>atelier data grid</c>.</summary>
internal sealed record DataGridRequest
{
    /// <summary>The dataset or source.</summary>
    public required string Target { get; init; }

    /// <summary>The PNG to write.</summary>
    public required string Picture { get; init; }

    /// <summary>Only this split, or null for all.</summary>
    public string? Split { get; init; }

    /// <summary>Class numbers, a row each; null for the first ones.</summary>
    public IReadOnlyList<int>? Classes { get; init; }

    /// <summary>Images of a row.</summary>
    public required int PerClass { get; init; }

    /// <summary>Of the lot.</summary>
    public required ulong Seed { get; init; }

    /// <summary>What happens to grey and transparent images.</summary>
    public required ImagePolicy Policy { get; init; }
}
