using Atelier.Nn;
using Atelier.Text;
using Atelier.Torch;

namespace Atelier.Training.Loop;

/// <summary>What is worth knowing before a run goes on, but no reason not to.</summary>
internal static class ResumeNotes
{
    /// <summary>Sentences on what differs between the process that saved and this one.</summary>
    public static IEnumerable<string> Of(SessionState state, Precision precision)
    {
        if (state.Threads != TorchRuntime.ThreadCount)
            yield return
                $"The checkpoint was made with {Counted.Of(state.Threads, "thread")} and this process has " +
                $"{TorchRuntime.ThreadCount}: sums come out in another order, so the run goes on equally " +
                $"well but not bit for bit. Set ATELIER_THREADS={state.Threads} to repeat it exactly.";
        if (state.Precision != precision.ToString())
            yield return $"The checkpoint was trained in {state.Precision} and goes on in {precision}.";
    }
}
