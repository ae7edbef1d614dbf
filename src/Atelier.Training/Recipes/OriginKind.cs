namespace Atelier.Training.Recipes;

/// <summary>What set a value, weakest first: a later one wins.</summary>
public enum OriginKind
{
    /// <summary>The schema.</summary>
    Default,

    /// <summary>The recipe file.</summary>
    Recipe,

    /// <summary>An <c>ATELIER_*</c> environment variable.</summary>
    Environment,

    /// <summary>A <c>--set</c> option.</summary>
    Set,

    /// <summary>A flag of its own, such as <c>--steps</c>.</summary>
    Flag,
}
