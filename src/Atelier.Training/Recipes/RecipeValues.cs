using Atelier.Gan;

namespace Atelier.Training.Recipes;

/// <summary>Typed access to settled values by path.</summary>
internal sealed class RecipeValues
{
    private readonly Dictionary<string, object?> values;
    private readonly HashSet<string> unread;

    public RecipeValues(IEnumerable<ResolvedValue> resolved)
    {
        values =
            resolved.ToDictionary(value => value.Field.Path, value => value.Value, StringComparer.Ordinal);
        unread = new(values.Keys, StringComparer.Ordinal);
    }

    /// <summary>Paths that nothing read: keys of the schema without effect.</summary>
    public IReadOnlyCollection<string> Unread => unread;

    public bool Flag(string path) => (bool)Get(path)!;

    public int Whole(string path) => checked((int)(long)Get(path)!);

    public int? WholeOrNull(string path) => Get(path) is long value ? checked((int)value) : null;

    public ImageSize Shape(string path) => (ImageSize)Get(path)!;

    public ImageSize? ShapeOrNull(string path) => (ImageSize?)Get(path);

    public double Number(string path) => (double)Get(path)!;

    public double? NumberOrNull(string path) => (double?)Get(path);

    public string Text(string path) => (string)Get(path)!;

    public T Choice<T>(string path)
        where T : struct, Enum => RecipeWords.Parse<T>(Text(path));

    public IReadOnlyList<int>? WholeList(string path) =>
        ((IReadOnlyList<long>?)Get(path))?.Select(value => checked((int)value)).ToArray();

    public IReadOnlyList<string> Words(string path) => (IReadOnlyList<string>)Get(path)!;

    private object? Get(string path)
    {
        unread.Remove(path);
        return values[path];
    }
}
