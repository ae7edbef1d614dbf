namespace Atelier.Data;

/// <summary>Images that are one and the same, or look it.</summary>
/// <param name="Equal">True when every pixel is equal.</param>
/// <param name="Images">At least two.</param>
public sealed record DuplicateGroup(bool Equal, IReadOnlyList<ImagePlace> Images)
{
    /// <summary>True when they lie in more than one split: what is tested on was trained on.</summary>
    public bool Leaks => Images.Any(image => image.Split != Images[0].Split);

    /// <summary>True when they have more than one class.</summary>
    public bool Disagrees => Images.Any(image => image.Class != Images[0].Class);
}
