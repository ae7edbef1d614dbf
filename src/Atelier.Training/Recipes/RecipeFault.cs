namespace Atelier.Training.Recipes;

/// <summary>One thing wrong with a recipe or an override.</summary>
/// <param name="Position">Where it stands.</param>
/// <param name="Sentence">What is wrong, what was expected, and how to mend it.</param>
public sealed record RecipeFault(SourcePosition Position, string Sentence)
{
    /// <summary>The fault as <c>file:line:col: sentence</c>.</summary>
    public override string ToString() => $"{Position}: {Sentence}";
}
