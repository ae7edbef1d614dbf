namespace Atelier.Metrics;

/// <summary>How images come to the size that a backbone takes. The choice moves FID by whole points, so it is
/// part of the protocol.</summary>
public enum ImageResizing
{
    /// <summary>Keys' cubic with antialiasing on floats, as Pillow does it in mode F: "clean" of Parmar et
    /// al., arXiv:2104.11222.</summary>
    Clean,

    /// <summary>PyTorch's bilinear interpolation with align_corners false and without antialiasing, as
    /// pytorch-fid does it.</summary>
    Legacy,

    /// <summary>Pillow's 8-bit resizing with the filter that the backbone was trained with, as StudioGAN
    /// does it (Kang et al., arXiv:2206.09479, section 4).</summary>
    Friendly,
}
