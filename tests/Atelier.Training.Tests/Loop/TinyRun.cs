using System.Security.Cryptography;
using System.Text;
using Atelier.Data;
using Atelier.Data.Resizing;
using Atelier.Nn;
using Atelier.Torch;
using Atelier.Training.Checkpoints;
using Atelier.Training.Evaluation;
using Atelier.Training.Loop;
using Atelier.Training.Progress;
using Atelier.Training.Recipes;
using Atelier.Training.RunDirectory;
using Atelier.Training.Signals;

namespace Atelier.Training.Tests.Loop;

/// <summary>A run of a few milliseconds a step on <see cref="TinyImages"/>, in a folder of its own.</summary>
internal sealed class TinyRun : IDisposable
{
    private const string Yaml = """
        name: tiny
        data:
          flip: true
        model:
          channels: 2
          generator_widths: [2, 2, 1, 1]
          discriminator_widths: [1, 1, 2, 2]
          latent_size: 4
        training:
          batch_size: 4
          discriminator_steps: 2
          precision: fp32
          seed: 5
          generator:
            lr: 2e-3
            beta1: 0.5
          discriminator:
            lr: 2e-3
          lr_decay: linear
          ema:
            decay: 0.9
            start_step: 3
        standing_statistics:
          batches: 2
          batch_size: 4
        snapshots:
          tick_every_steps: 10
          samples_every_steps: 25
          metrics_every_steps: null
          checkpoint_every_steps: 7
          keep_last: 2
          metrics: []
        """;

    private readonly TemporaryFolder? own;
    private readonly PackedDataset packed;
    private readonly string[] shapeSettings;

    // Tensors this small gain nothing from a second thread, and lose much on a busy machine.
    static TinyRun() => TorchRuntime.ThreadCount = 1;

    public TinyRun(string? folder = null, int imageSeed = 1, int heldOut = 0, ImageSize? shape = null)
    {
        shapeSettings = shape is null ? [] : [$"model.resolution={shape}"];
        own = folder is null ? new TemporaryFolder() : null;
        var path = folder ?? own!.Path;
        Directory.CreateDirectory(path);
        packed = TinyImages.Pack(Path.Combine(path, $"images-{imageSeed}.atl"), imageSeed, heldOut, shape);
        var place = Path.Combine(path, "run");
        Folder = RunFolder.IsRun(place) ? RunFolder.Open(place) : RunFolder.CreateExact(place);
        Folder.WriteRecipe(RecipeOf(shapeSettings));
    }

    public RunFolder Folder { get; }

    public RunDataset Dataset => RunDataset.Of(packed);

    public CheckpointReader Checkpoints => new(Folder.CheckpointsFolder);

    /// <summary>A recipe, with values set as on the command line.</summary>
    public static ResolvedRecipe RecipeOf(params string[] set) =>
        RecipeResolver.Resolve(Encoding.UTF8.GetBytes(Yaml), "tiny.yaml", new RecipeOverrides { Set = set });

    /// <summary>Fresh networks of the tiny recipe with values set as on the command line.</summary>
    public static GanSession Session(string[] set)
    {
        var recipe = RecipeOf(set).Recipe;
        return new GanSession(GanBlueprint.Of(recipe.Model, 1, 32, 3), recipe.Training, Precision.Float32);
    }

    /// <summary>Fresh networks of the tiny recipe.</summary>
    public static GanSession Session(TrainingSettings? training = null)
    {
        var recipe = RecipeOf().Recipe;
        return new GanSession(
            GanBlueprint.Of(recipe.Model, 1, 32, 3), training ?? recipe.Training, Precision.Float32);
    }

    public TrainingLoop Loop(
        ITrainingObserver observer, string[]? set = null, bool resumes = true, IStopSignal? stop = null,
        RunEvaluator? evaluator = null) => new(new TrainingRequest
    {
        Recipe = RecipeOf([.. shapeSettings, .. set ?? []]),
        Dataset = Dataset,
        Folder = Folder,
        Precision = Precision.Float32,
        Resumes = resumes,
        Evaluator = evaluator,
        Observer = observer,
        Stop = stop ?? new StopSignal(),
    });

    /// <summary>
    /// SHA-256 over everything that decides the future: tensors, random numbers, counters, the place in the
    /// data.
    /// </summary>
    public static string Fingerprint(TrainingLoop loop)
    {
        using var scope = new TensorScope();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var session = loop.Session;
        foreach (var (name, tensor) in session.AllTensors())
        {
            hash.AppendData(
                Encoding.UTF8.GetBytes($"{name} {tensor.DType} {string.Join('x', tensor.Shape)}\n"));
            hash.AppendData(tensor.DType == DType.Float32
                ? System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(
                    tensor.Detach().ToArray<float>())
                : System.Runtime.InteropServices.MemoryMarshal.AsBytes<double>(
                    tensor.Detach().To(DType.Float64).ToArray<double>()));
        }

        hash.AppendData(session.Random.GetState());
        hash.AppendData(Encoding.UTF8.GetBytes(
            $"{session.Step} {session.GeneratorOptimizer.StepCount} " +
            $"{session.DiscriminatorOptimizer.StepCount} {loop.Cursor}"));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    public void Dispose()
    {
        packed.Dispose();
        own?.Dispose();
    }
}
