namespace Atelier.Metrics;

/// <summary>What is scored: images that come in order, and what else is known of them.</summary>
public sealed record ScoredImages
{
    /// <summary>Gives the images, from the first to the last.</summary>
    public required ImageFeed Feed { get; init; }

    /// <summary>How many.</summary>
    public required int Count { get; init; }

    /// <summary>The classes that labels speak of, none for images without classes; null where labels are the
    /// real images' own.</summary>
    public IReadOnlyList<string>? ClassNames { get; init; }

    /// <summary>The same images, read at random places; null where they are drawn as they are asked
    /// for.</summary>
    public IImageSet? Images { get; init; }

    /// <summary>What draws them; null where they lie there already.</summary>
    public IScoredGenerator? Generator { get; init; }

    /// <summary>All images of a set in their stored order.</summary>
    public static ScoredImages Of(IImageSet images) => new()
    {
        Feed = ImageFeeds.Of(images), Count = images.Count, ClassNames = images.ClassNames, Images = images,
    };
}
