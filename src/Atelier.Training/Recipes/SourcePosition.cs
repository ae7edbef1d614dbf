using System.Globalization;

namespace Atelier.Training.Recipes;

/// <summary>Where a value was written: a place in a recipe file, or the name of a flag or variable.</summary>
/// <param name="Source">
/// A file as the user named it, or an override such as <c>--set training.steps</c>.
/// </param>
/// <param name="Line">Line from 1; 0 where the source has no lines.</param>
/// <param name="Column">Column from 1, in UTF-16 units; 0 where the source has no lines.</param>
public readonly record struct SourcePosition(string Source, int Line, int Column)
{
    /// <summary>The position as <c>file:line:col</c>, or the bare source where there are no lines.</summary>
    public override string ToString() => Line == 0
        ? Source
        : string.Create(CultureInfo.InvariantCulture, $"{Source}:{Line}:{Column}");
}
