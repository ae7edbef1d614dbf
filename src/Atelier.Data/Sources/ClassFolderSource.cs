using Atelier.Data.Trees;

namespace Atelier.Data;

/// <summary>
/// A folder of images: one sub-folder a class, <c>train</c>, <c>test</c> and <c>val</c> with such class
/// folders in them, or any of the other layouts that docs/data-sources.md shows.
/// </summary>
/// <param name="folder">The folder; its files are listed, and none is read beyond its first bytes.</param>
/// <exception cref="AtelierException">Kind Disk: a folder cannot be listed; kind Dataset: no
/// images.</exception>
public sealed class ClassFolderSource(string folder) : TreeSource(new FolderTree(folder));
