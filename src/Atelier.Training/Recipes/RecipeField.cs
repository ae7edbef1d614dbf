using System.Globalization;

namespace Atelier.Training.Recipes;

/// <summary>One key that a recipe may hold: its place, type, meaning, default and range.</summary>
public sealed record RecipeField
{
    /// <summary>Place in the recipe, sections joined by dots, such as <c>training.batch_size</c>.</summary>
    public required string Path { get; init; }

    /// <summary>Type of the value.</summary>
    public required FieldKind Kind { get; init; }

    /// <summary>What the value does, in one or two sentences.</summary>
    public required string Doc { get; init; }

    /// <summary>Unit of the value, such as <c>steps</c>; null where it has none.</summary>
    public string? Unit { get; init; }

    /// <summary>Value where nothing sets it, of the .NET type that <see cref="FieldKind"/> names.</summary>
    public object? Default { get; init; }

    /// <summary>True where a recipe must set the value.</summary>
    public bool Required { get; init; }

    /// <summary>True where <c>null</c> is a value.</summary>
    public bool Nullable { get; init; }

    /// <summary>True where a run that has begun cannot go on with another value.</summary>
    public bool IsFixedInARun { get; init; }

    /// <summary>Least value (of each item of a list).</summary>
    public double Minimum { get; init; } = double.NegativeInfinity;

    /// <summary>True where the value must be more than <see cref="Minimum"/>, not equal to it.</summary>
    public bool AboveMinimum { get; init; }

    /// <summary>Greatest value (of each item of a list).</summary>
    public double Maximum { get; init; } = double.PositiveInfinity;

    /// <summary>True where the value must be less than <see cref="Maximum"/>, not equal to it.</summary>
    public bool BelowMaximum { get; init; }

    /// <summary>
    /// The words allowed, for <see cref="FieldKind.Choice"/> and <see cref="FieldKind.ChoiceList"/>.
    /// </summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>The key without its sections, such as <c>batch_size</c>.</summary>
    public string Key => Path[(Path.LastIndexOf('.') + 1)..];

    /// <summary>The sections of the key, such as <c>training</c>; empty at the top.</summary>
    public string Section => Path.LastIndexOf('.') is var dot && dot < 0 ? "" : Path[..dot];

    /// <summary>What a value must be, in words: <c>a whole number from 1 to 65536</c>.</summary>
    public string Expectation => Kind switch
    {
        FieldKind.Boolean => "true or false",
        FieldKind.Integer => "a whole number" + Range,
        FieldKind.Number => "a number" + Range,
        FieldKind.Shape => $"a whole number{Range}, or width x height such as 64x48",
        FieldKind.Text => "text",
        FieldKind.Choice => "one of " + string.Join(", ", Choices),
        FieldKind.IntegerList => $"a list such as [16, 32] of whole numbers{Range}",
        _ => "a list of " + string.Join(", ", Choices),
    } + (Nullable ? ", or null" : "");

    private string Range => (double.IsFinite(Minimum), double.IsFinite(Maximum)) switch
    {
        (true, true) when AboveMinimum || BelowMaximum => string.Create(
            CultureInfo.InvariantCulture,
            $" {(AboveMinimum ? "above" : "from")} {Minimum} and {(BelowMaximum ? "below" : "at most")} " +
            $"{Maximum}"),
        (true, true) => string.Create(CultureInfo.InvariantCulture, $" from {Minimum} to {Maximum}"),
        (true, false) => string.Create(
            CultureInfo.InvariantCulture, $" {(AboveMinimum ? "above" : "of at least")} {Minimum}"),
        (false, true) => string.Create(
            CultureInfo.InvariantCulture, $" {(BelowMaximum ? "below" : "of at most")} {Maximum}"),
        _ => "",
    };

    /// <summary>True where a number lies in the range.</summary>
    public bool Allows(double value) =>
        (AboveMinimum ? value > Minimum : value >= Minimum)
            && (BelowMaximum ? value < Maximum : value <= Maximum);
}
