using System.Text.Json;
using System.Text.Json.Nodes;
using Atelier.Torch;

namespace Atelier.Gan.Import;

/// <summary>
/// The options of a foreign program, by that program's own names. Options that do not concern the networks
/// are passed over; a wrong type or range is an error that names the option.
/// </summary>
public sealed class ForeignConfig
{
    private const int LargestFile = 1 << 20;
    private readonly JsonObject values;

    private ForeignConfig(string path, JsonObject values)
    {
        Path = path;
        this.values = values;
    }

    /// <summary>The file, for sentences.</summary>
    public string Path { get; }

    /// <summary>Reads a JSON object.</summary>
    /// <exception cref="AtelierException">Missing, or no JSON object (Checkpoint).</exception>
    public static ForeignConfig ReadJson(string path)
    {
        try
        {
            var node = JsonNode.Parse(
                ReadText(path), null,
                    new JsonDocumentOptions { MaxDepth = 16, AllowDuplicateProperties = false });
            return node is JsonObject values
                ? new ForeignConfig(path, values)
                : throw Unreadable(path, "it is no JSON object");
        }
        catch (JsonException error)
        {
            throw Unreadable(path, error.Message);
        }
    }

    /// <summary>Reads the YAML of StudioGAN: sections of options, such as MODEL with backbone in
    /// it.</summary>
    /// <exception cref="AtelierException">Missing, or no YAML of that form (Checkpoint).</exception>
    public static ForeignConfig ReadYaml(string path) =>
        new(path, SimpleYaml.Parse(ReadText(path), why => Unreadable(path, why)));

    /// <summary>The options of a section; empty when it is not there.</summary>
    public ForeignConfig Section(string name) =>
        new(Path, values[name] as JsonObject ?? []);

    /// <summary>Whether an option is given, and not null or "N/A".</summary>
    public bool Has(string name) =>
        values[name] is { } node
            && !(node is JsonValue value && value.TryGetValue(out string? text) && text == "N/A");

    /// <summary>A whole number.</summary>
    public int Int(string name, int standard, int least, int most)
    {
        if (!Has(name)) return standard;
        var number = Value(name).TryGetValue(out double parsed) ? parsed : double.NaN;
        return number >= least && number <= most && number == Math.Floor(number)
            ? (int)number
            : throw Wrong(name, $"a whole number from {least} to {most}");
    }

    /// <summary>A positive number.</summary>
    public double Number(string name, double standard)
    {
        if (!Has(name)) return standard;
        return Value(name).TryGetValue(out double parsed) && parsed is > 0 and <= 1
            ? parsed
            : throw Wrong(name, "a number above 0 and at most 1");
    }

    /// <summary>A truth value.</summary>
    public bool Bool(string name, bool standard)
    {
        if (!Has(name)) return standard;
        return Value(name).TryGetValue(out bool parsed) ? parsed : throw Wrong(name, "true or false");
    }

    /// <summary>A text, or a number as text.</summary>
    public string Text(string name, string standard)
    {
        if (!Has(name)) return standard;
        var value = Value(name);
        if (value.TryGetValue(out string? text)) return text;
        return value.GetValueKind() == JsonValueKind.Number ? value.ToJsonString()
            : throw Wrong(name, "a text");
    }

    /// <summary>A list of whole numbers.</summary>
    public IReadOnlyList<int> Ints(string name)
    {
        if (!Has(name)) return [];
        if (values[name] is not JsonArray { Count: <= 16 } list) throw Wrong(name, "a list of whole numbers");
        return [.. list.Select(item =>
            item is JsonValue value && value.TryGetValue(out double number) && number is >= 0 and <= 64 &&
            number == Math.Floor(number)
                ? (int)number
                : throw Wrong(name, "a list of whole numbers"))];
    }

    /// <summary>A list of rows, each of a truth value and two whole numbers.</summary>
    public IReadOnlyList<(bool First, int Second, int Third)> Rows(string name)
    {
        if (values[name] is not JsonArray { Count: >= 1 and <= 64 } list)
            throw Wrong(name, "a list of [upsamples, inputs, outputs]");
        return [.. list.Select(row =>
            row is JsonArray { Count: 3 } cells &&
            cells[0] is JsonValue a && a.TryGetValue(out bool first) &&
            cells[1] is JsonValue b && b.TryGetValue(out int second) && second is >= 1 and <= 1024 &&
            cells[2] is JsonValue c && c.TryGetValue(out int third) && third is >= 1 and <= 1024
                ? (first, second, third)
                : throw Wrong(name, "a list of [upsamples, inputs, outputs]"))];
    }

    /// <summary>The failure of an option.</summary>
    public AtelierException Wrong(string name, string expected) => new(
        FailureKind.Checkpoint,
        $"{Path} gives {name} as {Shown(name)}; expected {expected}.");

    /// <summary>The failure of an option that is known and has no counterpart here.</summary>
    public AtelierException Unsupported(string name, string why) => new(
        FailureKind.Checkpoint, $"{Path} gives {name} as {Shown(name)}: {why}.");

    private string Shown(string name)
    {
        var text = values[name]?.ToJsonString() ?? "nothing";
        return text.Length <= 60 ? text : text[..57] + "...";
    }

    private JsonValue Value(string name) => values[name] as JsonValue ?? throw Wrong(name, "a single value");

    private static string ReadText(string path)
    {
        try
        {
            var info = new FileInfo(path);
            if (!info.Exists) throw Unreadable(path, "there is no such file");
            if (info.Length > LargestFile)
                throw Unreadable(path, $"it has {info.Length} bytes, at most {LargestFile} are read");
            return File.ReadAllText(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, error.Message);
        }
    }

    private static AtelierException Unreadable(string path, string why) => new(
        FailureKind.Checkpoint, $"The config {path} cannot be read: {why.TrimEnd('.')}.");
}
