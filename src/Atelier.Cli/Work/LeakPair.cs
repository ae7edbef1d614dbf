namespace Atelier.Cli.Work;

/// <summary>Two classes.</summary>
/// <param name="Asked">What was asked for.</param>
/// <param name="Seen">What was seen instead.</param>
/// <param name="Share">Of the images of the asked class, 0 to 1.</param>
internal sealed record LeakPair(string Asked, string Seen, double Share);
