namespace Atelier.Training.Recipes;

/// <summary>Settles every value of a recipe from file, environment, <c>--set</c> and flags.</summary>
public sealed class RecipeResolver
{
    private readonly RecipeSchema schema;
    private readonly List<RecipeFault> faults = [];
    private readonly HashSet<string> faulty = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ResolvedValue> values = new(StringComparer.Ordinal);

    private RecipeResolver(RecipeSchema schema) => this.schema = schema;

    /// <summary>Reads a file and settles its values.</summary>
    /// <exception cref="RecipeException">Anything is wrong; all faults are reported at once.</exception>
    /// <exception cref="AtelierException">Kind Usage: the file cannot be read.</exception>
    public static ResolvedRecipe ResolveFile(
        string path, RecipeOverrides? overrides = null, RecipeSchema? schema = null)
    {
        byte[] bytes;
        try
        {
            using var stream =
                new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

            // One byte past the limit is enough to refuse it, so a huge file is never read whole.
            bytes = new byte[Math.Min(stream.Length, RecipeText.MaximumBytes + 1)];
            stream.ReadExactly(bytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AtelierException(
                FailureKind.Usage, $"the recipe {path} cannot be read: {e.Message}", e);
        }

        return Resolve(bytes, path, overrides, schema);
    }

    /// <summary>
    /// Settles the values of a recipe whose bytes are at hand; <paramref name="source"/> names it in faults.
    /// </summary>
    /// <exception cref="RecipeException">Anything is wrong; all faults are reported at once.</exception>
    public static ResolvedRecipe Resolve(
        ReadOnlySpan<byte> bytes, string source, RecipeOverrides? overrides = null,
        RecipeSchema? schema = null)
    {
        var resolver = new RecipeResolver(schema ?? RecipeSchema.Default);
        resolver.ReadDocument(bytes, source);
        var readable = resolver.faults.Count == 0 || resolver.values.Count > 0;
        resolver.ReadOverrides(overrides ?? RecipeOverrides.None);
        return resolver.Finish(source, readable);
    }

    private void ReadDocument(ReadOnlySpan<byte> bytes, string source)
    {
        if (RecipeText.Decode(bytes, source, faults) is not { } text)
            return;
        switch (RecipeDocumentReader.Read(text, source, faults))
        {
            case null or RefusedNode:
                break;
            case MappingNode root:
                ReadSection("", root);
                break;
            case var other:
                faults.Add(
                    new(
                        other.Position,
                        "the recipe is not a list of keys; it starts with \"name: my-recipe\""));
                break;
        }
    }

    private void ReadSection(string section, MappingNode mapping)
    {
        foreach (var entry in mapping.Entries)
        {
            var path = section.Length == 0 ? entry.Key : $"{section}.{entry.Key}";
            if (schema.Find(path) is { } field)
            {
                // A value left out has no place of its own, so the key stands for it.
                var value = entry.Value is ScalarNode { Plain: true, Text: "" } empty
                    ? empty with { Position = entry.KeyPosition }
                    : entry.Value;
                Set(field, value, OriginKind.Recipe, value.Position);
            }
            else if (!schema.IsSection(path))
            {
                faults.Add(new(entry.KeyPosition, UnknownKey(section, entry.Key)));
            }
            else if (entry.Value is MappingNode inner)
            {
                ReadSection(path, inner);
            }
            else if (entry.Value is not RefusedNode)
            {
                MarkFaulty(path);
                faults.Add(new(
                    entry.KeyPosition,
                    $"{path} is a section, expected keys under it: " +
                    $"{string.Join(", ", schema.KeysOf(path))}"));
            }
        }
    }

    private void ReadOverrides(RecipeOverrides overrides)
    {
        foreach (var (name, text) in overrides.Environment.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (EnvironmentPath(name) is { } path)
                Override(new(name, 0, 0), path, text, OriginKind.Environment);
        }

        foreach (var assignment in overrides.Set)
        {
            var equals = assignment.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                faults.Add(
                    new(
                        new($"--set {assignment}", 0, 0),
                        "expected key=value, such as training.batch_size=64"));
                continue;
            }

            var path = assignment[..equals].Trim();
            Override(new($"--set {assignment}", 0, 0), path, assignment[(equals + 1)..], OriginKind.Set);
        }

        foreach (var flag in overrides.Flags)
            Override(new(flag.Flag, 0, 0), flag.Path, flag.Text, OriginKind.Flag);
    }

    private void Override(SourcePosition position, string path, string text, OriginKind origin)
    {
        if (schema.Find(path) is not { } field)
        {
            faults.Add(new(position, schema.IsSection(path)
                ? $"{path} is a section; set one of its keys: {string.Join(", ", schema.KeysOf(path))}"
                : UnknownPath(path)));
            return;
        }

        if (OverrideText.Parse(field, text, position, faults) is { } node)
            Set(field, node, origin, position);
        else
            faulty.Add(field.Path);
    }

    private void Set(RecipeField field, RecipeNode node, OriginKind origin, SourcePosition position)
    {
        if (FieldReader.TryRead(field, node, faults, out var value))
            values[field.Path] = new(field, value, origin, position);
        else
            faulty.Add(field.Path);
    }

    private string? EnvironmentPath(string name)
    {
        const string Prefix = "ATELIER_";
        if (!name.StartsWith(Prefix, StringComparison.Ordinal))
            return null;
        var path = name[Prefix.Length..].ToLowerInvariant().Replace("__", ".", StringComparison.Ordinal);
        return path.Contains('.', StringComparison.Ordinal) || schema.Find(path) is not null ? path : null;
    }

    private string UnknownPath(string path)
    {
        // Walk down as far as the sections exist, so that the fault names the part that is wrong.
        var section = "";
        foreach (var part in path.Split('.'))
        {
            var next = section.Length == 0 ? part : $"{section}.{part}";
            if (!schema.IsSection(next))
                return UnknownKey(section, part);
            section = next;
        }

        return UnknownKey("", path);
    }

    private string UnknownKey(string section, string key)
    {
        var place = section.Length == 0 ? "" : $" in \"{section}\"";
        return $"unknown key \"{key}\"{place}{schema.HintFor(section, key)}";
    }

    private void MarkFaulty(string section)
    {
        foreach (var field in schema.Fields)
        {
            if (field.Path.StartsWith(section + ".", StringComparison.Ordinal))
                faulty.Add(field.Path);
        }
    }

    private ResolvedRecipe Finish(string source, bool readable)
    {
        foreach (var field in schema.Fields)
        {
            if (values.ContainsKey(field.Path))
                continue;
            if (field.Required && readable && !faulty.Contains(field.Path))
                faults.Add(
                    new(
                        new(source, 1, 1),
                        $"the key \"{field.Path}\" is missing, expected {field.Expectation}"));
            if (field.Required)
                faulty.Add(field.Path);
            values[field.Path] = new(field, field.Default, OriginKind.Default, new("default", 0, 0));
        }

        RecipeRules.Check(values, faulty, faults);
        if (faults.Count > 0)
            throw new RecipeException(InReadingOrder(source));
        return new ResolvedRecipe(schema.Fields.Select(field => values[field.Path]).ToArray());
    }

    // Faults of the file by place; those of the overrides keep the order in which they were given.
    private RecipeFault[] InReadingOrder(string source) =>
    [
        .. faults.Where(fault => fault.Position.Source == source)
            .OrderBy(fault => fault.Position.Line).ThenBy(fault => fault.Position.Column),
        .. faults.Where(fault => fault.Position.Source != source),
    ];
}
