namespace Atelier.Data.Resizing;

/// <summary>How an image of another shape meets the shape of the dataset.</summary>
public enum ResizeFit
{
    /// <summary>What the source says: pad small IDX images, crop everything else.</summary>
    Auto,

    /// <summary>
    /// Cut a centred piece of the dataset's aspect ratio (the longer side of a square), then resize.
    /// </summary>
    CentreCrop,

    /// <summary>
    /// No resizing: the image is centred on zeros (black). It must not be larger than the dataset.
    /// </summary>
    Pad,

    /// <summary>Resize both sides on their own; the aspect ratio is lost.</summary>
    Stretch,

    /// <summary>
    /// Resize until the whole image fits, the aspect ratio kept; what is left on two sides is black.
    /// </summary>
    Letterbox,
}
