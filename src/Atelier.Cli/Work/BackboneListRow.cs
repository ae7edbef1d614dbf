namespace Atelier.Cli.Work;

/// <summary>One backbone of the list.</summary>
/// <param name="Name">What to write after <c>--backbone</c>.</param>
/// <param name="Kind">"shipped" or "published".</param>
/// <param name="IsHere">Whether it can be used now.</param>
/// <param name="Summary">What it is.</param>
/// <param name="Features">Numbers of an image.</param>
/// <param name="Classes">Logits of an image; 0 for none.</param>
/// <param name="Preprocessing">What is done to images, as protocols say it.</param>
/// <param name="Source">Where the published weights lie, or null.</param>
/// <param name="Licence">Terms of the published weights, or null.</param>
internal sealed record BackboneListRow(
    string Name, string Kind, bool IsHere, string Summary, int Features, int Classes, string Preprocessing,
    string? Source, string? Licence);
