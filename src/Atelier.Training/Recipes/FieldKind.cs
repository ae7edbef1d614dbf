namespace Atelier.Training.Recipes;

/// <summary>The type of a recipe field; beside each, the .NET type of its value.</summary>
public enum FieldKind
{
    /// <summary>true or false (<see cref="bool"/>).</summary>
    Boolean,

    /// <summary>A whole number (<see cref="long"/>).</summary>
    Integer,

    /// <summary>A finite number (<see cref="double"/>).</summary>
    Number,

    /// <summary>
    /// Height and width: a whole number for a square, else width x height (<see cref="ImageSize"/>).
    /// </summary>
    Shape,

    /// <summary>Free text (<see cref="string"/>).</summary>
    Text,

    /// <summary>One word of a closed list (<see cref="string"/>).</summary>
    Choice,

    /// <summary>A list of whole numbers (<see cref="IReadOnlyList{T}"/> of <see cref="long"/>).</summary>
    IntegerList,

    /// <summary>
    /// A list of different words of a closed list (<see cref="IReadOnlyList{T}"/> of <see cref="string"/>).
    /// </summary>
    ChoiceList,
}
