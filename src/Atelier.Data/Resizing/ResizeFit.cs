namespace Atelier.Data.Resizing;

/// <summary>How an image of another shape meets the square of the dataset.</summary>
public enum ResizeFit
{
    /// <summary>What the source says: pad small IDX images, crop everything else.</summary>
    Auto,

    /// <summary>Cut the longer side to a centred square, then resize.</summary>
    CentreCrop,

    /// <summary>
    /// No resizing: the image is centred on zeros (black). It must not be larger than the dataset.
    /// </summary>
    Pad,

    /// <summary>Resize both sides on their own; the aspect ratio is lost.</summary>
    Stretch,
}
