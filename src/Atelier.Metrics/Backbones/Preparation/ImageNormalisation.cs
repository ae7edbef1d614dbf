namespace Atelier.Metrics;

/// <summary>The values that a network was trained on, as (p - mean) / deviation of pixels p in
/// [0, 1].</summary>
/// <param name="Name">Its name in protocols.</param>
/// <param name="Mean">One number a channel.</param>
/// <param name="Deviation">One number a channel.</param>
public sealed record ImageNormalisation(
    string Name, IReadOnlyList<double> Mean, IReadOnlyList<double> Deviation)
{
    /// <summary>Values from -1 to 1: Inception's, and those of Atelier's own classifiers.</summary>
    public static ImageNormalisation Symmetric { get; } =
        new("symmetric", [0.5, 0.5, 0.5], [0.5, 0.5, 0.5]);

    /// <summary>Mean and deviation of ImageNet's training images, as torchvision has them.</summary>
    public static ImageNormalisation ImageNet { get; } =
        new("imagenet", [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]);
}
