namespace Atelier.Training.Loop;

/// <summary>
/// Takes steps by replaying one: the first few do their work, one is recorded, and from then on every step is
/// that recording on new inputs.
/// </summary>
internal sealed class RecordedStep(GanSession session, IStepRecording recording, StepInputs inputs)
    : IDisposable
{
    // As many as libtorch advises: libraries choose their kernels, and allocators their blocks.
    private const int WarmUps = 3;

    private int warmedUp;
    private bool isRecorded;

    /// <summary>Takes a step.</summary>
    /// <param name="work">The same at every call.</param>
    public void Run(Action work)
    {
        inputs.Fill();
        if (warmedUp < WarmUps)
        {
            recording.WarmUp(work);
            warmedUp++;
            return;
        }

        var (generator, discriminator) = (session.GeneratorOptimizer, session.DiscriminatorOptimizer);
        var (generatorSteps, discriminatorSteps) = (generator.StepCount, discriminator.StepCount);
        if (!isRecorded)
        {
            recording.Record(work);
            isRecorded = true;
        }

        recording.Replay();
        // The host's counts move with the work where it is done here, and not where the device replays it.
        generator.StepCount = generatorSteps + 1;
        discriminator.StepCount = discriminatorSteps + session.Settings.DiscriminatorSteps;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        recording.Dispose();
        inputs.Dispose();
    }
}
