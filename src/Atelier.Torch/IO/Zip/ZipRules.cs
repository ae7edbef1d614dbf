namespace Atelier.IO.Zip;

/// <summary>What a zip archive may have.</summary>
/// <param name="Entries">The most entries.</param>
/// <param name="DirectoryBytes">The most bytes of the central directory.</param>
/// <param name="NameBytes">The most bytes of a name.</param>
/// <param name="OfTorchSave">
/// True for what torch.save writes: stored entries only, no folders, no comments. Otherwise deflated
/// entries, folders and comments are read too.
/// </param>
public sealed record ZipRules(int Entries, int DirectoryBytes, int NameBytes, bool OfTorchSave);
