namespace Atelier.Training.Monitors;

/// <summary>Names of layers, from the dotted names of their parameters.</summary>
internal static class LayerNames
{
    private const string Weight = ".weight";

    /// <summary><c>blocks.0.conv1.weight</c> is of <c>blocks.0.conv1</c>; other names stay whole.</summary>
    public static string Of(string parameter) =>
        parameter.EndsWith(Weight, StringComparison.Ordinal) ? parameter[..^Weight.Length] : parameter;
}
