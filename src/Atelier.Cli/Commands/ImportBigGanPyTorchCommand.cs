using Atelier.Cli.Application;
using Atelier.Cli.Help;
using Atelier.Gan.Import;

namespace Atelier.Cli.Commands;

/// <summary>
/// <c>atelier import biggan-pytorch</c>: turns weights of BigGAN-PyTorch into a model file.
/// </summary>
/// <param name="services">What the command may use of the world.</param>
internal sealed class ImportBigGanPyTorchCommand(CliServices services) : ImportNetworksCommand(
    "biggan-pytorch", "imports weights of BigGAN-PyTorch (BigGAN and BigGAN-deep)",
    "The options of the training run as JSON, by BigGAN-PyTorch's own names", services,
    static request => BigGanPyTorchImporter.Read(
        request.Config, request.Generator, request.Average, request.Discriminator))
{
    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples =>
    [
        new("import biggan-pytorch --config config.json --generator G_ema.pth -o biggan.safetensors",
            "a generator to sample from"),
        new("import biggan-pytorch --config config.json --generator G.pth --ema G_ema.pth " +
            "--discriminator D.pth -o biggan.safetensors",
            "everything that a run saved"),
    ];
}
