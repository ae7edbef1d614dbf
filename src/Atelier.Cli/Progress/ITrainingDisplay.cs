using Atelier.Training.Progress;

namespace Atelier.Cli.Progress;

/// <summary>Shows a training run on stderr. One thread at a time may call it.</summary>
internal interface ITrainingDisplay
{
    /// <summary>Runs the work with the display open, and closes the display whatever happens.</summary>
    T Run<T>(Func<T> work);

    /// <summary>Shows the newest moment.</summary>
    void Tick(TickStats tick);

    /// <summary>Shows a line that stays: a checkpoint saved, a picture written, a score.</summary>
    void Note(string line);
}
