namespace Atelier.Gan;

/// <summary>How the names of a model file's tensors begin, part by part.</summary>
internal static class ModelPart
{
    /// <summary>The generator to sample with: no prefix, as in files that hold nothing else.</summary>
    public const string Generator = "";

    /// <summary>The generator as it was trained.</summary>
    public const string TrainedGenerator = "trained_generator.";

    /// <summary>The discriminator.</summary>
    public const string Discriminator = "discriminator.";

    /// <summary>Running statistics by truncation.</summary>
    public const string TruncationSets = "truncation_sets.";

    private static readonly string[] Prefixes = [TrainedGenerator, Discriminator, TruncationSets];

    /// <summary>The names of one part, and what they are called inside it.</summary>
    public static IEnumerable<(string InFile, string InPart)> Of(IEnumerable<string> names, string part) =>
        part.Length == 0
            ? names.Where(static n => !Prefixes.Any(p => n.StartsWith(p, StringComparison.Ordinal)))
                .Select(static n => (n, n))
            : names.Where(n => n.StartsWith(part, StringComparison.Ordinal))
                .Select(n => (n, n[part.Length..]));
}
