using System.Text.Json;
using Atelier.Data;
using Atelier.Gan;
using Atelier.Nn;
using Atelier.Torch;
using Atelier.Torch.Safetensors;
using Atelier.Training.Checkpoints;

namespace Atelier.Training.Loop;

/// <summary>A session to the files of a checkpoint and back, to the last bit.</summary>
public static class SessionCheckpoint
{
    /// <summary>The averaged generator's file: a model file, ready to sample from.</summary>
    public const string AverageFile = "ema.safetensors";

    private const int StateVersion = 1;
    private const string GeneratorFile = "generator.safetensors";
    private const string DiscriminatorFile = ModelFile.DiscriminatorBeside;
    private const string GeneratorOptimizerFile = "optimizer-generator.safetensors";
    private const string DiscriminatorOptimizerFile = "optimizer-discriminator.safetensors";
    private const string RegularisationFile = "regularisation.safetensors";
    private const string StateFile = "state.json";

    /// <summary>The files of a session as it is now.</summary>
    public static IReadOnlyList<CheckpointPart> Parts(
        GanSession session, ModelCard card, DataCursor cursor, string datasetHash)
    {
        var state = new SessionState
        {
            Version = StateVersion,
            Step = session.Step,
            Cursor = cursor,
            Random = Convert.ToBase64String(session.Random.GetState()),
            GeneratorUpdates = session.GeneratorOptimizer.StepCount,
            DiscriminatorUpdates = session.DiscriminatorOptimizer.StepCount,
            DatasetHash = datasetHash,
            GeneratorRateFactor = session.GeneratorRateFactor,
            GeneratorScaler = ScalerState.Of(session.GeneratorScaler),
            DiscriminatorScaler = ScalerState.Of(session.DiscriminatorScaler),
            Precision = session.Policy.Precision.ToString(),
            Threads = TorchRuntime.ThreadCount,
        };
        return
        [
            new(AverageFile, stream => ModelFile.Write(stream, session.Average, card)),
            new(GeneratorFile, stream => ModelFile.Write(stream, session.Generator, card)),
            Tensors(DiscriminatorFile, session.Discriminator.State()),
            Tensors(GeneratorOptimizerFile, session.GeneratorOptimizer.State()),
            Tensors(DiscriminatorOptimizerFile, session.DiscriminatorOptimizer.State()),
            .. session.Regularisation.State() is { Count: > 0 } kept
                ? new[] { Tensors(RegularisationFile, kept) }
                : [],
            new(
                StateFile,
                stream => JsonSerializer.Serialize(stream, state, SessionJson.Default.SessionState)),
        ];
    }

    /// <summary>Puts a checkpoint back into a session of the same recipe.</summary>
    /// <returns>What is not in the session: where the data goes on.</returns>
    /// <exception cref="AtelierException">It is of another model or dataset, or of a newer
    /// version.</exception>
    public static SessionState Restore(Checkpoint checkpoint, GanSession session, string datasetHash)
    {
        var state = ReadState(checkpoint.PathOf(StateFile));
        if (state.DatasetHash != datasetHash)
            throw new AtelierException(
                FailureKind.Checkpoint,
                $"The checkpoint of step {state.Step} was trained on other images (content hash " +
                $"{Short(state.DatasetHash)}, this dataset has {Short(datasetHash)}). Give the dataset " +
                "that the run began with.");
        using var scope = new TensorScope();
        session.Average.LoadState(ReadAll(checkpoint, AverageFile));
        session.Generator.LoadState(ReadAll(checkpoint, GeneratorFile));
        session.Discriminator.LoadState(ReadAll(checkpoint, DiscriminatorFile));
        session.GeneratorOptimizer.LoadState(ReadAll(checkpoint, GeneratorOptimizerFile));
        session.DiscriminatorOptimizer.LoadState(ReadAll(checkpoint, DiscriminatorOptimizerFile));
        // Not there when a regulariser with a memory was switched on after it: then it begins afresh.
        if (session.Regularisation.State() is { Count: > 0 } && checkpoint.Names.Contains(RegularisationFile))
            session.Regularisation.LoadState(ReadAll(checkpoint, RegularisationFile));
        session.GeneratorOptimizer.StepCount = state.GeneratorUpdates;
        session.DiscriminatorOptimizer.StepCount = state.DiscriminatorUpdates;
        session.Random.SetState(Convert.FromBase64String(state.Random));
        session.GeneratorRateFactor = state.GeneratorRateFactor ?? 1;
        state.GeneratorScaler?.Into(session.GeneratorScaler);
        state.DiscriminatorScaler?.Into(session.DiscriminatorScaler);
        session.Step = state.Step;
        session.Schedule(Math.Max(1, state.Step));
        return state;
    }

    private static CheckpointPart Tensors(string name, IReadOnlyList<NamedTensor> tensors) =>
        new(
            name,
            stream => SafetensorsWriter.Write(stream, [.. tensors.Select(static t => (t.Name, t.Tensor))]));

    private static IReadOnlyDictionary<string, Tensor> ReadAll(Checkpoint checkpoint, string name)
    {
        using var file = SafetensorsFile.Open(checkpoint.PathOf(name));
        return file.ReadAll();
    }

    private static SessionState ReadState(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            var state = JsonSerializer.Deserialize(stream, SessionJson.Default.SessionState);
            if (state is { Version: StateVersion }) return state;
            throw Unreadable(path, $"its version is {state?.Version}, this program reads {StateVersion}");
        }
        catch (Exception error) when (error is JsonException or IOException or FormatException)
        {
            throw Unreadable(path, error.Message);
        }
    }

    private static AtelierException Unreadable(string path, string why) =>
        new(FailureKind.Checkpoint, $"'{path}' cannot be used: {why}.");

    private static string Short(string hash) => hash.Length > 12 ? hash[..12] : hash;
}
