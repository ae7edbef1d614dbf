namespace Atelier.Torch;

/// <summary>One place where the native library was looked for, and what was found there.</summary>
/// <param name="Path">The file, or the bare name given to the system loader.</param>
/// <param name="Source">Why this place: the ATELIER_NATIVE variable, beside the program, the system.</param>
/// <param name="Loaded">True for the one that is in use.</param>
/// <param name="Outcome">In words: loaded, no such file, or the loader's message.</param>
public sealed record NativeLibraryAttempt(string Path, string Source, bool Loaded, string Outcome);
