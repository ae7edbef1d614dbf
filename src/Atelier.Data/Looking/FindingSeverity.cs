namespace Atelier.Data;

/// <summary>What a finding means for the dataset.</summary>
public enum FindingSeverity
{
    /// <summary>Looked at, and good.</summary>
    Ok,

    /// <summary>Worth knowing; the dataset can be used.</summary>
    Warning,

    /// <summary>To be mended before the dataset is used.</summary>
    Bad,
}
