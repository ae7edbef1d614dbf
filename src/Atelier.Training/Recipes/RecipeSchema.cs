namespace Atelier.Training.Recipes;

/// <summary>The keys that a recipe may hold, in the order in which they are written.</summary>
public sealed class RecipeSchema
{
    private readonly Dictionary<string, RecipeField> byPath;
    private readonly Dictionary<string, List<string>> children = new(StringComparer.Ordinal) { [""] = [] };

    /// <summary>Makes a schema of fields whose paths differ.</summary>
    public RecipeSchema(IEnumerable<RecipeField> fields)
    {
        Fields = fields.ToArray();
        byPath = Fields.ToDictionary(field => field.Path, StringComparer.Ordinal);
        foreach (var field in Fields)
            AddToSections(field.Path);
    }

    /// <summary>The schema over <see cref="RecipeCatalogues.Default"/>.</summary>
    public static RecipeSchema Default { get; } = new(RecipeFields.All(RecipeCatalogues.Default));

    /// <summary>All fields, in writing order.</summary>
    public IReadOnlyList<RecipeField> Fields { get; }

    /// <summary>The field at a path, or null.</summary>
    public RecipeField? Find(string path) => byPath.GetValueOrDefault(path);

    /// <summary>True where the path names a section, such as <c>training.ema</c>.</summary>
    public bool IsSection(string path) => children.ContainsKey(path);

    /// <summary>Keys and sections right under a section ("" for the top), in writing order.</summary>
    public IReadOnlyList<string> KeysOf(string section) => children[section];

    /// <summary>
    /// The end of a sentence about an unknown key: the near name in its section, else the place where such a
    /// key exists,
    /// else the keys there are.
    /// </summary>
    internal string HintFor(string section, string key)
    {
        if (NearName.Find(key, KeysOf(section)) is { } near)
            return $"; did you mean \"{near}\"?";
        var elsewhere = Fields.Where(field => field.Key == key).Select(field => field.Path).ToArray();
        if (elsewhere.Length > 0)
            return $"; did you mean {string.Join(" or ", elsewhere.Select(path => $"\"{path}\""))}?";
        return $"; the keys here are {string.Join(", ", KeysOf(section))}";
    }

    private void AddToSections(string path)
    {
        for (var dot = path.LastIndexOf('.'); ; dot = path.LastIndexOf('.'))
        {
            var section = dot < 0 ? "" : path[..dot];
            var key = path[(dot + 1)..];
            var isNew = !children.TryGetValue(section, out var keys);
            if (isNew)
                children[section] = keys = [];
            if (!keys!.Contains(key))
                keys.Add(key);
            if (!isNew)
                return;
            path = section;
        }
    }
}
