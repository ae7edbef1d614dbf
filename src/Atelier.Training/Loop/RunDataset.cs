using Atelier.Data;
using Atelier.Gan;
using Atelier.Text;

namespace Atelier.Training.Loop;

/// <summary>The images of a run.</summary>
/// <param name="Train">What the discriminator is shown.</param>
/// <param name="ClassNames">Class names, by label.</param>
public sealed record RunDataset(DatasetView Train, IReadOnlyList<string> ClassNames)
{
    private static readonly string[] HeldOutNames = ["test", "val"];

    /// <summary>Height and width of the images.</summary>
    public ImageSize ImageSize => Train.Dataset.ImageSize;

    /// <summary>Images that the discriminator never trains on; null where there are none.</summary>
    public DatasetView? HeldOut { get; init; }

    /// <summary>The training split of a packed dataset, or all of it when it has no such split.</summary>
    public static RunDataset Of(PackedDataset packed)
    {
        var split = packed.Splits.FirstOrDefault(static s => s.Name == "train") ?? packed.Splits[0];
        var heldOut = HeldOutNames
            .Select(name => packed.Splits.FirstOrDefault(s => s.Name == name))
            .FirstOrDefault(s => s is not null && s != split);
        return new RunDataset(packed.Split(split.Name), packed.ClassNames)
        {
            HeldOut = heldOut is null ? null : packed.Split(heldOut.Name),
        };
    }

    /// <summary>In words, for the plan.</summary>
    public string Describe() =>
        $"{Path.GetFileName(Train.Dataset.Path)}: {Counted.Of(Train.Count, "image")} of " +
        $"{Train.Dataset.Channels}x{Train.Dataset.Height}x{Train.Dataset.Width} in " +
        $"{Counted.Of(ClassNames.Count, "class")}";
}
