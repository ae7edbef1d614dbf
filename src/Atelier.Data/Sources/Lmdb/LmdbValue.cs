namespace Atelier.Data.Lmdb;

/// <summary>A key of a database and where its value lies.</summary>
/// <param name="Key">The key's bytes.</param>
/// <param name="Offset">First byte of the value in the file.</param>
/// <param name="Length">Bytes of the value.</param>
internal readonly record struct LmdbValue(byte[] Key, long Offset, int Length);
