namespace Atelier.Data.Fetching;

/// <summary>A file of a public dataset.</summary>
/// <param name="Name">Its name, wherever it is put.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Sha256">SHA-256 of its bytes, 64 lower-case hexadecimal digits.</param>
public sealed record PublicDatasetFile(string Name, long Bytes, string Sha256);
