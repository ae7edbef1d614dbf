namespace Atelier.Training.Recipes;

/// <summary>
/// A recipe or an override that does not resolve; carries every fault, one line each in the message.
/// </summary>
public sealed class RecipeException : AtelierException
{
    /// <summary>Creates the failure from its faults, which must not be empty.</summary>
    public RecipeException(IReadOnlyList<RecipeFault> faults)
        : base(FailureKind.Usage, string.Join('\n', faults)) => Faults = faults;

    /// <summary>All faults: those of the file in reading order, then those of the overrides.</summary>
    public IReadOnlyList<RecipeFault> Faults { get; }
}
