namespace Atelier.Training.Ablation;

/// <summary>How a measured difference stands to the paper's.</summary>
public enum AblationVerdict
{
    /// <summary>There is nothing to compare, or one seed only, which has no spread.</summary>
    Unknown,

    /// <summary>It is no larger than twice its standard error.</summary>
    WithinNoise,

    /// <summary>It goes the paper's way.</summary>
    AsInThePaper,

    /// <summary>It goes the other way.</summary>
    AgainstThePaper,
}
