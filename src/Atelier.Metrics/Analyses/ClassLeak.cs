namespace Atelier.Metrics;

/// <summary>Images of one class that a classifier takes for another.</summary>
/// <param name="Asked">The class that was asked for.</param>
/// <param name="Seen">The class that was seen instead.</param>
/// <param name="Count">How many images.</param>
/// <param name="Share">Of all images of the asked class, 0 to 1.</param>
public readonly record struct ClassLeak(int Asked, int Seen, long Count, double Share);
