namespace Atelier.Cli.Work;

/// <summary>Images whose neighbours are looked for.</summary>
/// <param name="Name">The model's file, or where the images came from.</param>
/// <param name="Pixels">Bytes [N, C, S, S], row-major.</param>
/// <param name="Classes">The class name of each.</param>
internal sealed record LookedUp(string Name, byte[] Pixels, IReadOnlyList<string> Classes);
