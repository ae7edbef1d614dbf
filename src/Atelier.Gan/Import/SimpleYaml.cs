using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using Scalar = YamlDotNet.Core.Events.Scalar;

namespace Atelier.Gan.Import;

/// <summary>
/// The plain part of YAML that configs are written in, as JSON: mappings, lists and scalars, without anchors,
/// tags and further documents.
/// </summary>
internal static class SimpleYaml
{
    private const int Deepest = 8;

    /// <summary>Reads one document that is a mapping.</summary>
    /// <param name="text">The YAML.</param>
    /// <param name="fail">Makes the failure of a reason.</param>
    public static JsonObject Parse(string text, Func<string, AtelierException> fail)
    {
        try
        {
            var parser = new Parser(new StringReader(text));
            parser.Consume<StreamStart>();
            parser.Consume<DocumentStart>();
            if (Node(parser, 0, fail) is not JsonObject root) throw fail("it is no mapping of options");
            parser.Consume<DocumentEnd>();
            parser.Consume<StreamEnd>();
            return root;
        }
        catch (YamlException error)
        {
            throw fail($"it is no YAML ({error.Message})");
        }
    }

    private static JsonNode? Node(Parser parser, int depth, Func<string, AtelierException> fail)
    {
        if (depth > Deepest) throw fail($"it is nested deeper than {Deepest}");
        if (parser.TryConsume<Scalar>(out var scalar)) return Plain(scalar);
        if (parser.TryConsume<SequenceStart>(out _))
        {
            var list = new JsonArray();
            while (!parser.TryConsume<SequenceEnd>(out _)) list.Add(Node(parser, depth + 1, fail));
            return list;
        }

        if (!parser.TryConsume<MappingStart>(out _)) throw fail("it has anchors or several documents");
        var map = new JsonObject();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var key = parser.Consume<Scalar>().Value;
            if (map.ContainsKey(key)) throw fail($"it has the option {key} twice");
            map.Add(key, Node(parser, depth + 1, fail));
        }

        return map;
    }

    private static JsonValue? Plain(Scalar scalar)
    {
        var text = scalar.Value;
        if (scalar.Style != ScalarStyle.Plain) return JsonValue.Create(text);
        return text switch
        {
            "" or "~" or "null" => null,
            "true" or "True" or "TRUE" => JsonValue.Create(true),
            "false" or "False" or "FALSE" => JsonValue.Create(false),
            _ when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) &&
                double.IsFinite(number) => JsonValue.Create(number),
            _ => JsonValue.Create(text),
        };
    }
}
