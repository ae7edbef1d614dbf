namespace Atelier.Data.Trees;

/// <summary>The split that a file's name speaks of.</summary>
internal static class SplitName
{
    /// <summary>"test" or "val" when that is a word of the name, as in imagenet-val-000001.tar; "train"
    /// otherwise.</summary>
    public static string Of(string name)
    {
        foreach (var word in name.ToLowerInvariant().Split('-', '_', '.', ' '))
        {
            if (word is "test") return "test";
            if (word is "val" or "valid" or "validation") return "val";
        }

        return "train";
    }
}
