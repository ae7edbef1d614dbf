using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Atelier.Training.Recipes;

/// <summary>
/// Builds the document tree of a recipe from the events of YamlDotNet's parser. It takes the part of YAML
/// that a person
/// reads the same way as a machine: no anchors, aliases, merge keys, tags, directives or second document.
/// </summary>
internal sealed class RecipeDocumentReader
{
    /// <summary>Deepest nesting of lists and mappings.</summary>
    public const int MaximumDepth = 16;

    private readonly string source;
    private readonly List<RecipeFault> faults;
    private readonly Parser parser;

    private RecipeDocumentReader(string text, string source, List<RecipeFault> faults)
    {
        this.source = source;
        this.faults = faults;
        parser = new Parser(new StringReader(text));
    }

    /// <summary>
    /// Reads one document; null when there is none or its syntax is wrong, which adds a fault.
    /// </summary>
    public static RecipeNode? Read(string text, string source, List<RecipeFault> faults)
    {
        var reader = new RecipeDocumentReader(text, source, faults);
        try
        {
            return reader.ReadStream();
        }
        catch (YamlException e)
        {
            faults.Add(new(reader.At(e.Start), $"this is not YAML: {Tidy(e)}"));
            return null;
        }
        catch (TooDeepException e)
        {
            faults.Add(
                new(reader.At(e.Start), $"nested deeper than {MaximumDepth} levels; a recipe needs 4"));
            return null;
        }
    }

    private static string Tidy(YamlException e)
    {
        // The inner message of a syntax error is the more exact one.
        var message = e.InnerException is YamlException inner ? inner.Message : e.Message;
        var closing = message.IndexOf("): ", StringComparison.Ordinal);
        if (message.StartsWith('(') && closing > 0)
            message = message[(closing + 3)..];
        message = message.TrimEnd('.', ' ').ReplaceLineEndings(" ");
        return message.Length == 0 ? "syntax error" : char.ToLowerInvariant(message[0]) + message[1..];
    }

    private RecipeNode? ReadStream()
    {
        RecipeNode? root = null;
        var documents = 0;
        while (MoveNext())
        {
            switch (parser.Current)
            {
                case DocumentStart start:
                    documents++;
                    if (start.Version is not null)
                        Refuse(start, "directives (%YAML) are not used in recipes; delete the line");
                    if (documents == 2)
                        Refuse(
                            start,
                            "a second document starts here; a recipe is one document, so delete this and " +
                            "what follows");
                    break;
                case NodeEvent or AnchorAlias:
                    var node = ReadNode(depth: 0);
                    root ??= node;
                    break;
            }
        }

        if (root is null || root is ScalarNode { Plain: true, Text: "" })
        {
            if (faults.Count == 0)
                faults.Add(
                    new(new(source, 1, 1), "the recipe is empty; the least it needs is \"name: my-recipe\""));
            return null;
        }

        return root;
    }

    private RecipeNode ReadNode(int depth)
    {
        var current = parser.Current!;
        if (current is AnchorAlias alias)
        {
            Refuse(alias, $"alias \"*{alias.Value.Value}\"; recipes have no aliases, so write the value out");
            return new RefusedNode(At(alias.Start));
        }

        // In a flow mapping such as [{a: 1, ?}] YamlDotNet ends the mapping where a value has to be.
        if (current is not NodeEvent node)
            throw new YamlException(current.Start, current.End, "a value is missing here");
        if (!node.Anchor.IsEmpty)
            Refuse(node, $"anchor \"&{node.Anchor.Value}\"; recipes have no anchors, so delete it");
        if (!node.Tag.IsEmpty)
            Refuse(
                node,
                $"tag \"{(node.Tag.IsNonSpecific ? "!" : node.Tag.Value)}\"; recipes have no tags, " +
                "so delete it");
        return node switch
        {
            Scalar scalar =>
                new ScalarNode(At(scalar.Start), scalar.Value, scalar.Style == ScalarStyle.Plain),
            SequenceStart start => ReadSequence(start, depth + 1),
            MappingStart start => ReadMapping(start, depth + 1),
            _ => throw new AtelierException(FailureKind.Bug, $"unexpected YAML event {node.GetType().Name}"),
        };
    }

    private SequenceNode ReadSequence(SequenceStart start, int depth)
    {
        CheckDepth(start, depth);
        var items = new List<RecipeNode>();
        while (MoveNext() && parser.Current is not SequenceEnd)
            items.Add(ReadNode(depth));
        return new(At(start.Start), items);
    }

    private MappingNode ReadMapping(MappingStart start, int depth)
    {
        CheckDepth(start, depth);
        var entries = new List<MappingEntry>();
        var seen = new Dictionary<string, SourcePosition>(StringComparer.Ordinal);
        while (MoveNext() && parser.Current is not MappingEnd)
        {
            var keyEvent = parser.Current!;
            var key = ReadNode(depth);
            if (!MoveNext())
                break;
            var value = ReadNode(depth);
            if (key is not ScalarNode scalar)
            {
                if (key is not RefusedNode)
                    Refuse(keyEvent, "a key is a plain word here, not a list or a mapping");
            }
            else if (scalar is { Plain: true, Text: "<<" })
            {
                Refuse(keyEvent, "merge key \"<<\"; recipes have no merge keys, so write the values out");
            }
            else if (!seen.TryAdd(scalar.Text, scalar.Position))
            {
                Refuse(
                    keyEvent,
                    $"duplicate key \"{scalar.Text}\"; it is already set on line {seen[scalar.Text].Line}");
            }
            else
            {
                entries.Add(new(scalar.Text, scalar.Position, value));
            }
        }

        return new(At(start.Start), entries);
    }

    private bool MoveNext()
    {
        var last = parser.Current?.End ?? new Mark();
        try
        {
            return parser.MoveNext();
        }
        catch (Exception e) when (
            e is InvalidOperationException or ArgumentException or IndexOutOfRangeException)
        {
            // Scanner states that YamlDotNet holds impossible but odd input reaches; the last good event is
            // near the spot.
            throw new YamlException(last, last, "what follows cannot be parsed", e);
        }
    }

    private static void CheckDepth(NodeEvent start, int depth)
    {
        // Reading on would only repeat the fault for each level, and the recursion must stay bounded.
        if (depth > MaximumDepth)
            throw new TooDeepException(start.Start);
    }

    private void Refuse(ParsingEvent at, string sentence) => faults.Add(new(At(at.Start), sentence));

    private SourcePosition At(in Mark mark) =>
        new(source, Math.Max(1, (int)mark.Line), Math.Max(1, (int)mark.Column));

    private sealed class TooDeepException(Mark start) : Exception
    {
        public Mark Start { get; } = start;
    }
}
