using System.Globalization;

namespace Atelier.Training.Checkpoints;

/// <summary>Names in a checkpoints folder.</summary>
internal static class CheckpointNames
{
    public const string Latest = "LATEST";
    public const string Best = "BEST";
    public const string TemporaryPrefix = ".tmp-";

    /// <summary>A checkpoint that a new one of the same step is about to replace.</summary>
    public const string ReplacedPrefix = ".old-";

    private const string StepPrefix = "step-";

    public static string OfStep(long step) =>
        string.Create(CultureInfo.InvariantCulture, $"{StepPrefix}{step:D8}");

    public static long? StepOf(string name) =>
        name.StartsWith(StepPrefix, StringComparison.Ordinal)
        && long.TryParse(name.AsSpan(StepPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture,
        out var step)
        && OfStep(step) == name
            ? step
            : null;
}
