using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Atelier.Training.Recipes;

/// <summary>Writes settled values as YAML for people and as JSON for hashing.</summary>
internal static class RecipeWriter
{
    public static string ToYaml(IReadOnlyList<ResolvedValue> values)
    {
        var yaml = new StringBuilder();
        string[] open = [];
        foreach (var value in values)
        {
            var path = value.Field.Path.Split('.');
            var sections = path[..^1];
            var shared = Shared(open, sections);
            if (open.Length == 0 != (sections.Length == 0) || (shared == 0 && sections.Length > 0))
                yaml.Append(yaml.Length == 0 ? "" : "\n");
            for (var i = shared; i < sections.Length; i++)
                yaml.Append(' ', 2 * i).Append(sections[i]).Append(":\n");
            yaml.Append(' ', 2 * sections.Length).Append(path[^1]).Append(": ");
            yaml.Append(Spell(value.Field, value.Value)).Append('\n');
            open = sections;
        }

        return yaml.ToString();
    }

    public static byte[] ToCanonicalJson(IReadOnlyList<ResolvedValue> values)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            string[] open = [];
            json.WriteStartObject();
            foreach (var value in values)
            {
                var path = value.Field.Path.Split('.');
                var sections = path[..^1];
                var shared = Shared(open, sections);
                for (var i = open.Length; i > shared; i--)
                    json.WriteEndObject();
                for (var i = shared; i < sections.Length; i++)
                    json.WriteStartObject(sections[i]);
                json.WritePropertyName(path[^1]);
                json.WriteRawValue(Spell(value.Field, value.Value, json: true));
                open = sections;
            }

            for (var i = open.Length; i > 0; i--)
                json.WriteEndObject();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>A value as a recipe spells it (or as JSON does: then every word has quotes).</summary>
    public static string Spell(RecipeField field, object? value, bool json = false) => value switch
    {
        null => "null",
        bool flag => flag ? "true" : "false",
        long whole => whole.ToString(CultureInfo.InvariantCulture),
        ImageSize { IsSquare: false } shape when json => $"\"{shape}\"",
        ImageSize shape => shape.ToShortText(),
        double number =>
            number.ToString("R", CultureInfo.InvariantCulture).Replace("E", "e", StringComparison.Ordinal),
        string text when field.Kind == FieldKind.Choice && !json => text,
        string text => $"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text)}\"",
        IReadOnlyList<long> list =>
            "[" +
            string.Join(
                json ? "," : ", ", list.Select(item => item.ToString(CultureInfo.InvariantCulture))) +
            "]",
        IReadOnlyList<string> list =>
            $"[{string.Join(json ? "," : ", ", json ? list.Select(word => $"\"{word}\"") : list)}]",
        _ => throw new AtelierException(
            FailureKind.Bug, $"{field.Path} holds a {value.GetType().Name}, which recipes cannot spell"),
    };

    private static int Shared(string[] open, string[] sections)
    {
        var shared = 0;
        while (shared < Math.Min(open.Length, sections.Length) && open[shared] == sections[shared])
            shared++;
        return shared;
    }
}
