namespace Atelier.Data.Archives;

/// <summary>A file or folder of a tar archive.</summary>
/// <param name="Name">The whole name, without '/' at the end.</param>
/// <param name="Offset">First byte of its content.</param>
/// <param name="Length">Bytes of its content.</param>
/// <param name="IsFolder">Whether it is a folder.</param>
internal readonly record struct TarEntry(string Name, long Offset, long Length, bool IsFolder);
