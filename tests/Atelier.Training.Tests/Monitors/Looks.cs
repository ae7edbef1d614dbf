using Atelier.Training.Monitors;

namespace Atelier.Training.Tests.Monitors;

/// <summary>Made-up looks, one every 50 steps.</summary>
internal static class Looks
{
    public const int Every = 50;

    public static SentinelLook At(
        int number, double sigma = 3, double loss = 1.2, double pixels = 0.8, double features = 0.6) => new()
    {
        Step = number * Every,
        LossDiscriminator = loss,
        Sigma = new Dictionary<string, double> { ["stem"] = sigma, ["to_image"] = 1.5 },
        PixelDiversity = pixels,
        FeatureDiversity = features,
    };

    /// <summary>Quiet looks, numbered from 1.</summary>
    public static List<SentinelLook> Calm(int count) => [.. Enumerable.Range(1, count).Select(k => At(k))];
}
