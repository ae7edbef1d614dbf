using Atelier.Gan.Import;

namespace Atelier.Cli.Work;

/// <summary>The JSON document of <c>atelier import</c>.</summary>
/// <param name="Model">The file that was written.</param>
/// <param name="Family">The architecture.</param>
/// <param name="Classes">Number of classes.</param>
/// <param name="Networks">How each checkpoint fitted.</param>
internal sealed record ImportReport(
    string Model, string Family, int Classes, IReadOnlyList<NetworkReport> Networks);
