using Atelier.Torch;
using Atelier.Training.Recipes;

namespace Atelier.Training.Loop;

/// <summary>Decides whether the steps of a session are recorded.</summary>
public static class StepRecording
{
    /// <summary>A recording for the steps of a session; null where its recipe asks for none.</summary>
    /// <exception cref="AtelierException">The recipe asks for one, and its steps are not alike or wait for
    /// the device (Usage).</exception>
    public static IStepRecording? Of(GanSession session)
    {
        if (!session.Settings.CudaGraph) return null;
        if (Obstacle(session) is not { } obstacle) return new GraphRecording();
        throw new AtelierException(
            FailureKind.Usage,
            $"training.cuda_graph is on and {obstacle}. Leave it off (--set training.cuda_graph=false).");
    }

    /// <summary>Why a session's steps cannot be recorded; null where they can.</summary>
    internal static string? Obstacle(GanSession session)
    {
        var regularisation = session.Settings.Regularisation;
        if (session.Device.Type != DeviceType.Cuda) return $"the run is on {session.Device}, not on a GPU";
        if (session.GeneratorScaler is not null) return "float16 looks at its gradients before it moves";
        if (regularisation.R1.Gamma > 0) return "R1 is not taken at every step";
        if (regularisation.DropoutKeep < 1) return "the masks of the dropout are drawn on the host";
        return regularisation.SingularValues.Mode != SingularValueMode.None
            ? "singular values are looked at on the host"
            : null;
    }
}
