using Atelier.Gan;
using Atelier.Torch;

namespace Atelier.Training.Monitors;

/// <summary>
/// Tells a collapse from the looks at a run. A look is grave when one detector raises an alarm or two see a
/// sign; grave looks in a row are a collapse. What it decides depends on the looks alone, so a resumed run is
/// judged as an uninterrupted one.
/// </summary>
public sealed class CollapseSentinel(IReadOnlyList<ICollapseDetector> detectors)
{
    /// <summary>Grave looks in a row that are a collapse: one bad batch is none.</summary>
    public const int Confirmations = 2;

    // The first steps of a run are wild, and no collapse: D begins with whatever logits its weights give.
    private const int WarmUpLooks = 4;

    // Enough for the windows of all detectors, and for the margin before an onset.
    private const int PastLooks = 24;

    // After so many looks with signs alone, what they show is how this run is.
    private const int MostSuspectLooks = 12;

    // A collapse begins before its first sign, so a sound checkpoint is this many looks older.
    private const int MarginLooks = 3;

    /// <summary>All detectors, for a loss.</summary>
    public static CollapseSentinel For(IAdversarialLoss loss)
    {
        using var noGrad = new NoGradScope();
        using var scope = new TensorScope();
        var zero = Tensor.Zeros([1, 1]);
        var chance = loss.DiscriminatorOnReal(zero).Item() + loss.DiscriminatorOnFake(zero).Item();
        return new CollapseSentinel(
        [
            new SpectrumDetector(), new LossDetector(chance), new DiversityDetector(),
            new DeadDiscriminatorDetector(),
        ]);
    }

    /// <summary>What it knows.</summary>
    public SentinelState State { get; set; } = SentinelState.Empty;

    /// <summary>
    /// A checkpoint of this step or an earlier one would lie well before the onset, should a collapse be
    /// confirmed from now on.
    /// </summary>
    public long SoundStep =>
        State.Past.Count > MarginLooks ? State.Past[^(MarginLooks + 1)].Step : 0;

    /// <summary>Judges a look; a report where it settles a collapse.</summary>
    public CollapseReport? Observe(SentinelLook now)
    {
        if (State.Past.Count < WarmUpLooks)
        {
            State = State with { Past = [.. State.Past, now] };
            return null;
        }

        var symptoms = detectors.Select(d => d.Examine(State.Past, now)).OfType<Symptom>().ToArray();
        if (symptoms.Length == 0)
        {
            // What passed was no collapse: it belongs to how much this run sways.
            State = Calm([.. State.Past, .. State.Suspect, now], isAccepted: false);
            return null;
        }

        var isGrave = symptoms.Length > 1 || symptoms[0].IsAlarm;
        State = State with
        {
            Suspect = [.. State.Suspect, now],
            Confirmations = isGrave ? State.Confirmations + 1 : 0,
        };
        if (State.Confirmations >= Confirmations && !State.IsAccepted) return Report(now.Step, symptoms);
        if (State.Suspect.Count >= MostSuspectLooks)
            State = Calm([.. State.Past, .. State.Suspect], State.IsAccepted);
        return null;
    }

    /// <summary>Takes a collapse for told: no further report until a look is in order.</summary>
    public void Accept() => State = State with { IsAccepted = true };

    private CollapseReport Report(long step, Symptom[] symptoms) => new(
        step, State.Past.Count > 0 ? State.Past[^1].Step : 0, SoundStep,
        string.Join("; ", symptoms.Select(static s => s.Evidence)));

    private static SentinelState Calm(IEnumerable<SentinelLook> looks, bool isAccepted) =>
        SentinelState.Empty with { Past = [.. looks.TakeLast(PastLooks)], IsAccepted = isAccepted };
}
