using Atelier.Data.Resizing;
using Atelier.Text;

namespace Atelier.Metrics;

/// <summary>Every network whose published weights can be imported. docs/backbones.md says where the file
/// names and hashes come from.</summary>
public static class NetworkCatalogue
{
    private const string Torchvision =
        "torchvision is BSD-3-Clause; trained on ImageNet, whose images are for research";

    /// <summary>The networks in the order in which lists show them.</summary>
    public static IReadOnlyList<PublishedNetwork> Entries { get; } =
    [
        new()
        {
            Name = "inception-fid",
            Summary = "InceptionV3 of TensorFlow, on which FID and IS are defined",
            Create = InceptionV3.TensorFlow,
            Preparation = Prepare(InceptionV3.ImageSize, ResizeFilter.Bilinear, ImageNormalisation.Symmetric),
            Weights =
            [
                new(
                    new("https://github.com/mseitzer/pytorch-fid/releases/download/fid_weights/"
                        + "pt_inception-2015-12-05-6726825d.pth"),
                    "6726825d0af5f729cebd5821db510b11b1cfad8faad88a03f1befd49fb9129b2", 95_628_359),
            ],
            Licence = "pytorch-fid is Apache-2.0; the numbers are Google's graph of 2015-12-05",
            NotNeeded = ["AuxLogits."],
        },
        new()
        {
            Name = "inception-v3",
            Summary = "InceptionV3 of torchvision",
            Create = InceptionV3.Torchvision,
            Preparation = Prepare(InceptionV3.ImageSize, ResizeFilter.Lanczos, ImageNormalisation.Symmetric),
            Weights =
            [
                OfTorchvision("inception_v3_google-0cc3c7bd.pth", "0cc3c7bd"),
                OfTorchvision("inception_v3_google-1a9a5a14.pth", "1a9a5a14"),
            ],
            Licence = Torchvision,
            NotNeeded = ["AuxLogits."],
        },
        new()
        {
            Name = "resnet50",
            Summary = "ResNet-50 of torchvision, with labels",
            Create = ResNet50.Torchvision,
            Preparation = Prepare(ResNet50.ImageSize, ResizeFilter.Bilinear, ImageNormalisation.ImageNet),
            Weights =
            [
                OfTorchvision(
                    "resnet50-0676ba61.pth",
                    "0676ba61b6795bbe1773cffd859882e5e297624d384b6993f7c9e683e722fb8a", 102_530_333),
                OfTorchvision("resnet50-11ad3fa6.pth", "11ad3fa6"),
                OfTorchvision("resnet50-19c8e357.pth", "19c8e357"),
            ],
            Licence = Torchvision,
        },
        new()
        {
            Name = "vgg16",
            Summary = "VGG-16 of torchvision, fc7 features, and the activations of LPIPS",
            Create = static () => new Vgg16(),
            Preparation = Prepare(Vgg16.ImageSize, ResizeFilter.Bilinear, ImageNormalisation.ImageNet),
            Weights =
            [
                OfTorchvision(
                    "vgg16-397923af.pth",
                    "397923af8e79cdbb6a7127f12361acd7a2f83e06b05044ddf496e83de57a5bf0", 553_433_881),
            ],
            Licence = Torchvision,
        },
        new()
        {
            Name = "swin-t",
            Summary = "Swin-T of torchvision, with labels",
            Create = static () => new SwinTiny(),
            Preparation = Prepare(SwinTiny.ImageSize, ResizeFilter.Bicubic, ImageNormalisation.ImageNet),
            Weights =
            [
                OfTorchvision(
                    "swin_t-704ceda3.pth",
                    "704ceda373461b0a224fcdddd75cd2a5e9f8064512ed47adbddef7f343fd147b"),
            ],
            Licence = Torchvision,
            NotNeeded = ["relative_position_index"],
        },
        new()
        {
            Name = "dino-vits8",
            Summary = "ViT-S/8 of DINO, without labels",
            Create = static () => new DinoViTSmall8(),
            Preparation = Prepare(
                DinoViTSmall8.ImageSize, ResizeFilter.Bilinear, ImageNormalisation.ImageNet),
            Weights =
            [
                new(
                    new("https://dl.fbaipublicfiles.com/dino/dino_deitsmall8_pretrain/"
                        + "dino_deitsmall8_pretrain.pth"), null),
            ],
            Licence = "Apache-2.0; trained on ImageNet, whose images are for research",
        },
        new()
        {
            Name = "swav-resnet50",
            Summary = "ResNet-50 of SwAV, without labels",
            Create = ResNet50.Swav,
            Preparation = Prepare(ResNet50.ImageSize, ResizeFilter.Bilinear, ImageNormalisation.ImageNet),
            Weights =
            [
                new(new("https://dl.fbaipublicfiles.com/deepcluster/swav_800ep_pretrain.pth.tar"), null),
            ],
            Licence = "CC BY-NC 4.0: not for commercial use",
            NotNeeded = ["projection_head.", "prototypes."],
        },
    ];

    /// <summary>The names in the order of <see cref="Entries"/>.</summary>
    public static IEnumerable<string> Names => Entries.Select(static entry => entry.Name);

    /// <summary>The network of a name, or null.</summary>
    public static PublishedNetwork? Find(string name) => Entries.FirstOrDefault(entry => entry.Name == name);

    /// <summary>The network of a name.</summary>
    /// <exception cref="AtelierException">There is none (Usage).</exception>
    public static PublishedNetwork Require(string name) => Find(name) ?? throw new AtelierException(
        FailureKind.Usage,
        $"There is no network '{name}'.{Suggestion.DidYouMean(name, Names)} There are: "
        + $"{string.Join(", ", Names)}.");

    private static ImagePreparation Prepare(
        int size, ResizeFilter filter, ImageNormalisation normalisation) =>
        new(3, size, ImageResizing.Clean, filter, normalisation);

    private static PublishedWeights OfTorchvision(string file, string sha256, long? bytes = null) =>
        new(new Uri("https://download.pytorch.org/models/" + file), sha256, bytes);
}
