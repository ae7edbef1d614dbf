using Atelier.Data;

namespace Atelier.Training.Loop;

/// <summary>The images of a run.</summary>
/// <param name="Train">What the discriminator is shown.</param>
/// <param name="ClassNames">Class names, by label.</param>
public sealed record RunDataset(DatasetView Train, IReadOnlyList<string> ClassNames)
{
    /// <summary>The training split of a packed dataset, or all of it when it has no such split.</summary>
    public static RunDataset Of(PackedDataset packed)
    {
        var split = packed.Splits.FirstOrDefault(static s => s.Name == "train") ?? packed.Splits[0];
        return new RunDataset(packed.Split(split.Name), packed.ClassNames);
    }

    /// <summary>In words, for the plan.</summary>
    public string Describe() =>
        $"{Path.GetFileName(Train.Dataset.Path)}: {Train.Count} images of " +
        $"{Train.Dataset.Channels}x{Train.Dataset.Height}x{Train.Dataset.Width} in {ClassNames.Count} " +
        "classes";
}
