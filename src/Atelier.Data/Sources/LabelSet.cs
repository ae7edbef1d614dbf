namespace Atelier.Data;

/// <summary>Which labels are taken of a source that has two for each image, as CIFAR-100.</summary>
public enum LabelSet
{
    /// <summary>The narrow classes: 100 of CIFAR-100.</summary>
    Fine,

    /// <summary>The wide ones that group them: 20 of CIFAR-100.</summary>
    Coarse,
}
