using Atelier.Text;

namespace Atelier.Cli.Work;

/// <summary>Which class of a model the classes of a dataset are.</summary>
internal static class ModelClasses
{
    /// <summary>
    /// The model's id for each class of the dataset: by name, or by order where no name is known and the
    /// numbers of classes agree.
    /// </summary>
    /// <exception cref="AtelierException">A class is unknown to the model (Dataset).</exception>
    public static int[] Of(IReadOnlyList<string> dataset, IReadOnlyList<string> model, Action<string> warn)
    {
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var k = 0; k < model.Count; k++) ids.TryAdd(model[k], k);
        if (dataset.All(ids.ContainsKey)) return [.. dataset.Select(name => ids[name])];
        if (model.Count == 1) return new int[dataset.Count];
        if (dataset.Count == model.Count && !dataset.Any(ids.ContainsKey))
        {
            warn($"the model's classes have other names ({model[0]}, …); they are taken in order: "
                + $"{dataset[0]} is class 0, and so on.");
            return [.. Enumerable.Range(0, dataset.Count)];
        }

        throw new AtelierException(
            FailureKind.Dataset,
            $"The images have the class '{dataset.First(name => !ids.ContainsKey(name))}', which the model " +
            $"does not know; it has {Counted.Of(model.Count, "class")}: {string.Join(", ", model.Take(10))}" +
            $"{(model.Count > 10 ? ", …" : "")}. Name the folders after them.");
    }
}
