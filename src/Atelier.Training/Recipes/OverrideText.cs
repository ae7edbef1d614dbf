namespace Atelier.Training.Recipes;

/// <summary>
/// Turns the text of an override into a node, so that it meets the same reader as a recipe's value.
/// </summary>
internal static class OverrideText
{
    /// <summary>The node; null when it added a fault.</summary>
    public static RecipeNode? Parse(
        RecipeField field, string text, SourcePosition position, List<RecipeFault> faults)
    {
        text = text.Trim();

        // A shell has no quotes left to show: free text is taken as it stands.
        if (field.Kind == FieldKind.Text)
            return new ScalarNode(position, text, Plain: false);
        if (field.Kind is not (FieldKind.IntegerList or FieldKind.ChoiceList))
            return new ScalarNode(position, text, Plain: true);
        if (text is "null" or "")
            return new ScalarNode(position, text, Plain: true);

        var open = text.StartsWith('[');
        if (open != text.EndsWith(']'))
        {
            faults.Add(new(position, $"{field.Path} is \"{text}\", expected {field.Expectation}"));
            return null;
        }

        var inner = (open ? text[1..^1] : text).Trim();
        var items = inner.Length == 0 ? [] : inner.Split(',');
        return new SequenceNode(position,
            [.. items.Select(item => new ScalarNode(position, item.Trim(), Plain: true))]);
    }
}
