using Atelier.Data.Pictures;
using Atelier.Gan;
using Atelier.Torch;
using Atelier.Training.Progress;
using Atelier.Training.RunDirectory;

namespace Atelier.Training.Loop;

/// <summary>
/// A copy of the averaged generator with standing statistics, for pictures and scores: the average itself
/// keeps its own statistics, which the run goes on averaging.
/// </summary>
public sealed class AverageSampler : IDisposable
{
    private const int GridColumns = 10;
    private const int MostGridRows = 10;
    private const ulong GridSeed = 11;
    private readonly GeneratorNetwork copy;
    private readonly StandingStatisticsOptions statistics;
    private readonly IReadOnlyList<string> classNames;
    private readonly Device device;
    private long syncedStep = -1;

    /// <summary>Builds the copy.</summary>
    public AverageSampler(
        GanBlueprint blueprint, StandingStatisticsOptions statistics, IReadOnlyList<string> classNames,
        Device? device = null)
    {
        this.device = device ?? Device.Cpu;
        this.statistics = statistics;
        this.classNames = classNames;
        using var random = new Generator(Device.Cpu, 0);
        copy = blueprint.Family.CreateGenerator(blueprint.OptionsJson, random);
        copy.MoveTo(this.device);
    }

    /// <summary>The copy, brought up to the average of a step.</summary>
    public GeneratorNetwork At(GanSession session)
    {
        if (syncedStep == session.Step) return copy;
        copy.CopyStateFrom(session.Average);
        copy.Latent = session.Average.Latent;
        StandingStatistics.Gather(copy, statistics, null);
        syncedStep = session.Step;
        return copy;
    }

    /// <summary>The run went back: the same step may come again with other weights.</summary>
    public void Forget() => syncedStep = -1;

    /// <summary>
    /// Writes the grid of a step into a run's folder and tells the observer; a disk that fails costs the
    /// picture, not the run.
    /// </summary>
    public void WriteGrid(GanSession session, RunFolder folder, ITrainingObserver observer)
    {
        var path = folder.SamplePath(session.Step);
        try
        {
            Directory.CreateDirectory(folder.SamplesFolder);
            WriteGrid(session, path);
            observer.OnSample(new SampleWritten(session.Step, path));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException
            or AtelierException { Kind: FailureKind.Disk })
        {
            observer.OnWarning($"The picture {path} was not written: {error.Message}");
        }
    }

    /// <summary>
    /// Writes the grid of fixed latents: a row a class (or as many rows without any), the same latents in
    /// every picture of a run.
    /// </summary>
    public void WriteGrid(GanSession session, string path)
    {
        var generator = At(session);
        using var random = new Generator(Device.Cpu, GridSeed);
        using var noGrad = new NoGradScope();
        using var scope = new TensorScope();
        var rows = generator.IsConditional ? Math.Min(generator.ClassCount, MostGridRows) : MostGridRows;
        var latent = generator.DrawLatents(rows * GridColumns, null, random);
        var classes = Aten.Arange(0, rows * GridColumns, 1, DType.Int64).FloorDivide(GridColumns);
        var pixels = PixelRange
            .ToBytes(generator.Generate(latent.Send(device), classes.Send(device))).ToArray<byte>();
        PngWriter.Write(path, ImageGrid.Compose(
            pixels, generator.ImageChannels, generator.ImageSize.Height, generator.ImageSize.Width,
            new ImageGridOptions
            {
                Rows = rows, Columns = GridColumns, RowLabels = Labels(rows),
            }));
    }

    /// <inheritdoc/>
    public void Dispose() => copy.Dispose();

    private List<string>? Labels(int rows) => copy.IsConditional ? [.. classNames.Take(rows)] : null;
}
