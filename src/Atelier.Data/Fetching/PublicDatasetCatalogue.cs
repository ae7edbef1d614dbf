using Atelier.Text;

namespace Atelier.Data.Fetching;

/// <summary>
/// The public datasets that can be fetched by name. Sizes and SHA-256 are those that TensorFlow Datasets
/// publishes (url_checksums), where the authors of the datasets publish none or MD5 only. A set whose hash
/// nobody publishes is not here.
/// </summary>
public static class PublicDatasetCatalogue
{
    /// <summary>All of them, in the order in which they are listed.</summary>
    public static IReadOnlyList<PublicDataset> All { get; } =
    [
        new PublicDataset
        {
            Name = "cifar10",
            Summary = "60,000 colour photographs of 32x32 in 10 classes (Krizhevsky, 2009)",
            Addresses = [new("https://www.cs.toronto.edu/~kriz/")],
            Files =
            [
                new("cifar-10-binary.tar.gz", 170_052_171,
                    "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd"),
            ],
            Size = 32,
        },
        new PublicDataset
        {
            Name = "cifar100",
            Summary = "60,000 colour photographs of 32x32 in 100 classes (Krizhevsky, 2009)",
            Addresses = [new("https://www.cs.toronto.edu/~kriz/")],
            Files =
            [
                new("cifar-100-binary.tar.gz", 168_513_733,
                    "58a81ae192c23a4be8b1804d68e518ed807d710a4eb253b1f2a199162a40d8ec"),
            ],
            Size = 32,
        },
        new PublicDataset
        {
            Name = "mnist",
            Summary = "70,000 grey hand-written digits of 28x28 (LeCun, Cortes, Burges, 1998)",
            // The authors' own server has refused everybody for years; these two hold its files.
            Addresses =
            [
                new("https://storage.googleapis.com/cvdf-datasets/mnist/"),
                new("https://ossci-datasets.s3.amazonaws.com/mnist/"),
            ],
            Files =
            [
                new("train-images-idx3-ubyte.gz", 9_912_422,
                    "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609"),
                new("train-labels-idx1-ubyte.gz", 28_881,
                    "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c"),
                new("t10k-images-idx3-ubyte.gz", 1_648_877,
                    "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6"),
                new("t10k-labels-idx1-ubyte.gz", 4_542,
                    "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6"),
            ],
            Size = 32,
        },
        new PublicDataset
        {
            Name = "fashion-mnist",
            Summary = "70,000 grey pictures of clothes of 28x28 (Xiao, Rasul, Vollgraf, 2017)",
            Addresses = [new("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/")],
            Files =
            [
                new("train-images-idx3-ubyte.gz", 26_421_880,
                    "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84"),
                new("train-labels-idx1-ubyte.gz", 29_515,
                    "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845"),
                new("t10k-images-idx3-ubyte.gz", 4_422_102,
                    "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073"),
                new("t10k-labels-idx1-ubyte.gz", 5_148,
                    "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5"),
            ],
            Size = 32,
        },
        new PublicDataset
        {
            Name = "kmnist",
            Summary = "70,000 grey cursive Japanese letters of 28x28 (Clanuwat et al., 2018)",
            Addresses = [new("http://codh.rois.ac.jp/kmnist/dataset/kmnist/")],
            Files =
            [
                new("train-images-idx3-ubyte.gz", 18_165_135,
                    "51467d22d8cc72929e2a028a0428f2086b092bb31cfb79c69cc0a90ce135fde4"),
                new("train-labels-idx1-ubyte.gz", 29_497,
                    "e38f9ebcd0f3ebcdec7fc8eabdcdaef93bb0df8ea12bee65224341c8183d8e17"),
                new("t10k-images-idx3-ubyte.gz", 3_041_136,
                    "edd7a857845ad6bb1d0ba43fe7e794d164fe2dce499a1694695a792adfac43c5"),
                new("t10k-labels-idx1-ubyte.gz", 5_120,
                    "20bb9a0ef54c7db3efc55a92eef5582c109615df22683c380526788f98e42a1c"),
            ],
            Size = 32,
        },
        new PublicDataset
        {
            Name = "flowers",
            Summary = "3,670 photographs of flowers in 5 classes (TensorFlow, 2019)",
            Addresses = [new("http://download.tensorflow.org/example_images/")],
            Files =
            [
                new("flower_photos.tgz", 228_813_984,
                    "4c54ace7911aaffe13a365c34f650e71dd5bf1be0a58b464e5a7183e3e595d9c"),
            ],
            Size = 128,
        },
        new PublicDataset
        {
            Name = "imagenette",
            Summary = "13,394 photographs of 10 classes of ImageNet, shorter side 160 (fast.ai, 2019)",
            Addresses = [new("https://s3.amazonaws.com/fast-ai-imageclas/")],
            Files =
            [
                new("imagenette2-160.tgz", 98_948_031,
                    "88daccb09b6fce93f45e6c09ddeb269cce705549e6bff322092a2a5a11489863"),
            ],
            Size = 128,
        },
    ];

    /// <summary>The dataset of a name.</summary>
    /// <exception cref="AtelierException">Kind Usage: there is none; the message names those there
    /// are.</exception>
    public static PublicDataset Find(string name)
        => All.FirstOrDefault(set => set.Name == name)
            ?? throw new AtelierException(FailureKind.Usage,
                $"There is no public dataset '{name}' here; there are "
                + $"{string.Join(", ", All.Select(set => set.Name))}."
                + Suggestion.DidYouMean(name, [.. All.Select(set => set.Name)]));
}
