using Atelier.Cli.Application;
using Atelier.Cli.Help;
using Atelier.Gan.Import;

namespace Atelier.Cli.Commands;

/// <summary>
/// <c>atelier import studiogan</c>: turns checkpoints of PyTorch-StudioGAN into a model file.
/// </summary>
/// <param name="services">What the command may use of the world.</param>
internal sealed class ImportStudioGanCommand(CliServices services) : ImportNetworksCommand(
    "studiogan", "imports checkpoints of PyTorch-StudioGAN (backbone big_resnet)",
    "The YAML config of the training run", services,
    static request => StudioGanImporter.Read(
        request.Config, request.Generator, request.Average, request.Discriminator))
{
    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples =>
    [
        new("import studiogan --config BigGAN.yaml --generator G.pth --ema G_ema.pth --discriminator D.pth "
            + "-o biggan.safetensors", "the three checkpoints of a run"),
    ];
}
