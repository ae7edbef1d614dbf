namespace Atelier.Data.Tests.Corpus;

/// <summary>One way in which a file of a dataset is broken or odd.</summary>
/// <param name="Name">The name, a part of the file names.</param>
/// <param name="Extension">What the files are called.</param>
/// <param name="Make">The bytes for a seed.</param>
/// <param name="Reason">What the refusal says, or null when the file must be read.</param>
/// <param name="Pixels">What the file shows, RGB, when it must be read.</param>
internal sealed record CorpusKind(
    string Name, string Extension, Func<int, byte[]> Make, string? Reason, Func<int, byte[]>? Pixels = null);
