namespace Atelier.Cli.Work;

/// <summary>A row of a contact sheet.</summary>
/// <param name="Class">The number of the class.</param>
/// <param name="Name">Its name.</param>
/// <param name="Images">The names of its images in the source, from the left.</param>
internal sealed record DataGridRow(int Class, string Name, IReadOnlyList<string> Images);
