namespace Atelier.Data.Fetching;

/// <summary>A file that is there, whole.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="Sha256">SHA-256 of its bytes, 64 lower-case hexadecimal digits.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="FromNetwork">The bytes that came over the net just now; 0 when it was there
/// already.</param>
public sealed record DownloadedFile(string Path, string Sha256, long Bytes, long FromNetwork);
