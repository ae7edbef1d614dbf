namespace Atelier.Data.Cifar;

/// <summary>One of the four forms in which CIFAR is published, told by its files' names.</summary>
/// <param name="Name">What it is, for messages.</param>
/// <param name="IsPython">Pickled batches; records of bytes otherwise.</param>
/// <param name="HasFineLabels">CIFAR-100, which has coarse labels too.</param>
/// <param name="Train">The files of the training images.</param>
/// <param name="Test">The file of the test images.</param>
/// <param name="Names">The file with the classes' names.</param>
internal sealed record CifarVariant(
    string Name, bool IsPython, bool HasFineLabels, IReadOnlyList<string> Train, string Test, string Names)
{
    /// <summary>All forms.</summary>
    public static readonly IReadOnlyList<CifarVariant> All =
    [
        new("CIFAR-10, python version", true, false,
            [.. Enumerable.Range(1, 5).Select(static i => FormattableString.Invariant($"data_batch_{i}"))],
            "test_batch", "batches.meta"),
        new("CIFAR-10, binary version", false, false,
            [.. Enumerable.Range(1, 5)
                .Select(static i => FormattableString.Invariant($"data_batch_{i}.bin"))],
            "test_batch.bin", "batches.meta.txt"),
        new("CIFAR-100, python version", true, true, ["train"], "test", "meta"),
        new("CIFAR-100, binary version", false, true, ["train.bin"], "test.bin", "fine_label_names.txt"),
    ];

    /// <summary>The file that holds the names of the coarse classes of the binary version.</summary>
    public const string CoarseNamesFile = "coarse_label_names.txt";
}
