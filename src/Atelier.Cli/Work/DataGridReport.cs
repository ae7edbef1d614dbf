namespace Atelier.Cli.Work;

/// <summary>The result of <c>atelier data grid</c>.</summary>
/// <param name="Picture">The file.</param>
/// <param name="Rows">The rows from above.</param>
internal sealed record DataGridReport(string Picture, IReadOnlyList<DataGridRow> Rows);
