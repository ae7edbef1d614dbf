using System.Security.Cryptography;

namespace Atelier.Training.Recipes;

/// <summary>A recipe with every value settled, its origin known, and two canonical spellings.</summary>
public sealed class ResolvedRecipe
{
    internal ResolvedRecipe(IReadOnlyList<ResolvedValue> values)
    {
        Values = values;
        Recipe = RecipeBinder.Bind(new RecipeValues(values));
    }

    /// <summary>The typed recipe.</summary>
    public Recipe Recipe { get; }

    /// <summary>Every value in writing order.</summary>
    public IReadOnlyList<ResolvedValue> Values { get; }

    /// <summary>Hash of <see cref="ToCanonicalJson"/>, 64 lower-case hex digits.</summary>
    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(ToCanonicalJson()));

    /// <summary>YAML with all keys, in schema order; reading it gives the same values.</summary>
    public string ToYaml() => RecipeWriter.ToYaml(Values);

    /// <summary>
    /// UTF-8 JSON with all keys in schema order and no white space: equal recipes give equal bytes.
    /// </summary>
    public byte[] ToCanonicalJson() => RecipeWriter.ToCanonicalJson(Values);
}
