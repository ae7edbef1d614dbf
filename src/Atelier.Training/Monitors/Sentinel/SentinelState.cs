namespace Atelier.Training.Monitors;

/// <summary>Everything that a sentinel knows; part of a checkpoint.</summary>
public sealed record SentinelState
{
    /// <summary>Of a sentinel that has seen nothing.</summary>
    public static SentinelState Empty { get; } = new()
    {
        Past = [],
        Suspect = [],
        Confirmations = 0,
        IsAccepted = false,
    };

    /// <summary>Looks that were in order, oldest first.</summary>
    public required IReadOnlyList<SentinelLook> Past { get; init; }

    /// <summary>Looks with a symptom since the last one in order, oldest first.</summary>
    public required IReadOnlyList<SentinelLook> Suspect { get; init; }

    /// <summary>The last of them, without a gap, that were each enough for a collapse.</summary>
    public required int Confirmations { get; init; }

    /// <summary>
    /// True after a collapse that the run goes on from: told once, until a look is in order.
    /// </summary>
    public required bool IsAccepted { get; init; }
}
