using System.Globalization;
using System.Text.RegularExpressions;

namespace Atelier.Training.Recipes;

/// <summary>
/// Reads the value of one field from a node, by its own strict grammar rather than YAML's guesses.
/// </summary>
internal static partial class FieldReader
{
    private static readonly string[] NotBooleans = ["yes", "no", "on", "off", "y", "n", "true", "false"];

    /// <summary>Reads a value; false when it added a fault (or the node already had one).</summary>
    public static bool TryRead(
        RecipeField field, RecipeNode node, List<RecipeFault> faults, out object? value)
    {
        value = null;
        switch (node)
        {
            case RefusedNode:
                return false;
            case MappingNode:
                faults.Add(
                    new(node.Position, $"{field.Path} is a section here, expected {field.Expectation}"));
                return false;
            case ScalarNode { Plain: true, Text: "" or "~" or "Null" or "NULL" }:
                faults.Add(new(node.Position, field.Nullable
                    ? $"{field.Path} has no value, expected {field.Expectation}; write null for none"
                    : $"{field.Path} has no value, expected {field.Expectation}"));
                return false;
            case ScalarNode { Plain: true, Text: "null" }:
                if (!field.Nullable)
                    faults.Add(new(node.Position, $"{field.Path} is null, expected {field.Expectation}"));
                return field.Nullable;
        }

        var isList = field.Kind is FieldKind.IntegerList or FieldKind.ChoiceList;
        if (isList)
            return node is SequenceNode list ? TryReadList(field, list, faults, out value)
                : Wrong(field, node, faults);
        return node is ScalarNode scalar
            ? TryReadScalar(field, field.Kind, scalar, field.Path, faults, out value)
            : Wrong(field, node, faults);
    }

    private static bool TryReadList(
        RecipeField field, SequenceNode list, List<RecipeFault> faults, out object? value)
    {
        var kind = field.Kind == FieldKind.IntegerList ? FieldKind.Integer : FieldKind.Choice;
        var items = new List<object>();
        var good = true;
        for (var i = 0; i < list.Items.Count; i++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{field.Path}[{i}]");
            var item = list.Items[i];
            if (item is RefusedNode)
            {
                good = false;
            }
            else if (item is not ScalarNode scalar)
            {
                faults.Add(new(item.Position, $"{name} is a {Shape(item)}, expected {field.Expectation}"));
                good = false;
            }
            else if (!TryReadScalar(field, kind, scalar, name, faults, out var read))
            {
                good = false;
            }
            else if (kind == FieldKind.Choice && items.Contains(read!))
            {
                faults.Add(new(item.Position, $"{name} repeats \"{read}\"; name each once"));
                good = false;
            }
            else
            {
                items.Add(read!);
            }
        }

        value = kind == FieldKind.Integer ? items.Cast<long>().ToArray() : items.Cast<string>().ToArray();
        return good;
    }

    private static bool TryReadScalar(
        RecipeField field, FieldKind kind, ScalarNode node, string name, List<RecipeFault> faults,
        out object? value)
    {
        value = null;
        var text = node.Text;
        string? fault = null;
        switch (kind)
        {
            case FieldKind.Text when !node.Plain || !LooksTyped(text):
            case FieldKind.Choice when field.Choices.Contains(text, StringComparer.Ordinal):
                value = text;
                return true;
            case FieldKind.Text:
                fault = $"{name} is {text}, expected text; put it in quotes: \"{text}\"";
                break;
            case FieldKind.Choice:
                fault =
                    $"{name} is \"{text}\", expected {field.Expectation}{NearName.Hint(text, field.Choices)}";
                break;
            case var _ when !node.Plain:
                fault = $"{name} is the text \"{text}\", expected {field.Expectation} without quotes";
                break;
            case FieldKind.Boolean when text is "true" or "false":
                value = text == "true";
                return true;
            case FieldKind.Boolean:
                fault = NotBooleans.Contains(text.ToLowerInvariant())
                    ? $"{name} is {text}, expected true or false, spelt just so"
                    : $"{name} is \"{text}\", expected true or false";
                break;
            case FieldKind.Integer:
                fault = ReadInteger(field, text, name, out value);
                break;
            case FieldKind.Shape when text.Contains('x', StringComparison.Ordinal)
                && ImageSize.TryParse(text, out var shape)
                && field.Allows(shape.ShortSide) && field.Allows(shape.LongSide):
                value = shape;
                return true;
            case FieldKind.Shape:
                fault = ReadInteger(field, text, name, out value);
                if (value is long side) value = ImageSize.FromInt32((int)side);
                break;
            case FieldKind.Number:
                fault = ReadNumber(field, text, name, out value);
                break;
        }

        if (fault is null)
            return true;
        faults.Add(new(node.Position, fault));
        return false;
    }

    private static string? ReadInteger(RecipeField field, string text, string name, out object? value)
    {
        value = null;
        if (IntegerPattern().IsMatch(text))
        {
            if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture,
                out var whole)
                && field.Allows(whole))
            {
                value = whole;
                return null;
            }

            return $"{name} is {text}, expected {field.Expectation}";
        }

        return NumberPattern().IsMatch(text)
            ? $"{name} is {text}, expected {field.Expectation}, written with digits only"
            : $"{name} is \"{text}\", expected {field.Expectation}";
    }

    private static string? ReadNumber(RecipeField field, string text, string name, out object? value)
    {
        value = null;
        if (!NumberPattern().IsMatch(text))
        {
            return NotFinitePattern().IsMatch(text)
                ? $"{name} is {text}, which is not finite, expected {field.Expectation}"
                : $"{name} is \"{text}\", expected {field.Expectation}, such as 0.5 or 2e-4";
        }

        var number = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        if (!double.IsFinite(number))
            return $"{name} is {text}, which is too large for a number, expected {field.Expectation}";
        if (!field.Allows(number))
            return $"{name} is {text}, expected {field.Expectation}";
        value = number;
        return null;
    }

    private static bool Wrong(RecipeField field, RecipeNode node, List<RecipeFault> faults)
    {
        var got = node is ScalarNode scalar ? $"\"{scalar.Text}\"" : $"a {Shape(node)}";
        faults.Add(new(node.Position, $"{field.Path} is {got}, expected {field.Expectation}"));
        return false;
    }

    private static string Shape(RecipeNode node) => node switch
    {
        SequenceNode => "list",
        MappingNode => "section",
        _ => "value",
    };

    // Unquoted text that YAML readers would take for something else must be quoted, so that all agree.
    private static bool LooksTyped(string text) =>
        NumberPattern().IsMatch(text) || NotFinitePattern().IsMatch(text)
            || NotBooleans.Contains(text.ToLowerInvariant());

    // JSON's grammar: no leading zero (octal in YAML 1.1), no sign "+", no underscore, no bare ".5".
    [GeneratedRegex(@"^-?(0|[1-9][0-9]*)\z", RegexOptions.CultureInvariant)]
    private static partial Regex IntegerPattern();

    [GeneratedRegex(@"^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex NumberPattern();

    [GeneratedRegex(
        @"^[+-]?\.?(nan|inf|infinity)\z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex NotFinitePattern();
}
