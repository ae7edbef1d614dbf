using Atelier.Torch;

namespace Atelier.Training.Loop;

/// <summary>Records steps as a CUDA graph.</summary>
internal sealed class GraphRecording : IStepRecording
{
    private readonly CudaGraph graph = new();

    /// <inheritdoc/>
    public void WarmUp(Action work) => graph.WarmUp(work);

    /// <inheritdoc/>
    public void Record(Action work) => graph.Record(work);

    /// <inheritdoc/>
    public void Replay() => graph.Replay();

    /// <inheritdoc/>
    public void Dispose() => graph.Dispose();
}
