namespace Atelier.Metrics;

/// <summary>How often a classifier is right.</summary>
/// <param name="Top1">The share of images whose class has the largest logit.</param>
/// <param name="Top5">The share whose class is among the five largest; null with five classes or
/// fewer.</param>
public sealed record TopAccuracy(double Top1, double? Top5);
