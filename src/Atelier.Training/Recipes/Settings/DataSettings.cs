using Atelier.Gan;

namespace Atelier.Training.Recipes;

/// <summary>How images reach the discriminator.</summary>
/// <param name="Size">Size of the images in pixels; equals the model's resolution.</param>
/// <param name="Flip">True where each image is mirrored left to right with probability one half.</param>
/// <param name="ShuffleWindow">Images within which the order is shuffled; null shuffles over all.</param>
public sealed record DataSettings(ImageSize Size, bool Flip, int? ShuffleWindow = null);
