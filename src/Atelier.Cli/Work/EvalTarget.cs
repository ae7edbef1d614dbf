using Atelier.Cli.Application;
using Atelier.Cli.Commands;
using Atelier.Data;
using Atelier.Metrics;

namespace Atelier.Cli.Work;

/// <summary>What <c>atelier eval</c> scores.</summary>
internal abstract class EvalTarget(string name, ImageSize size) : IDisposable
{
    /// <summary>Opens a model or images.</summary>
    /// <exception cref="AtelierException">There is nothing that can be scored.</exception>
    public static EvalTarget Open(EvalRequest request, CliServices services) =>
        ModelLocator.IsModel(services.Home, request.Target)
            ? new EvalModel(request, services)
            : new EvalImages(request, services);

    /// <summary>The size that real pictures are brought to when they are packed to be compared with
    /// this.</summary>
    public ImageSize Size => size;

    /// <summary>The images to score.</summary>
    /// <param name="real">The real images.</param>
    /// <exception cref="AtelierException">They have another size than the real ones (Dataset).</exception>
    public abstract ScoredImages Scored(PackedDataset real);

    /// <inheritdoc/>
    public virtual void Dispose() => GC.SuppressFinalize(this);

    /// <summary>Fails unless what is scored and the real images have one shape.</summary>
    protected void CheckShape(PackedDataset real, int channels)
    {
        if ((channels, size) == (real.Channels, real.ImageSize)) return;
        throw new AtelierException(
            FailureKind.Dataset,
            $"'{name}' has images of {channels}x{size.Height}x{size.Width} and '{real.Path}' " +
            $"{real.Channels}x{real.Height}x{real.Width}. Pack the pictures again with 'atelier data pack " +
            "--size' so that both are alike.");
    }
}
