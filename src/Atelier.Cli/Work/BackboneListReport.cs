namespace Atelier.Cli.Work;

/// <summary>The JSON document of <c>atelier backbone list</c>.</summary>
/// <param name="Backbones">One a line of the list.</param>
/// <param name="Folder">Where imported networks lie.</param>
internal sealed record BackboneListReport(IReadOnlyList<BackboneListRow> Backbones, string Folder);
