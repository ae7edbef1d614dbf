namespace Atelier.Training.Checkpoints;

/// <summary>
/// Lets training go on when the disk refuses a save, but not for ever: the run ends after a few in a row.
/// </summary>
/// <param name="warn">Told, in a sentence, of each failed save that is let pass.</param>
/// <param name="failuresAllowed">The failure in a row that is not let pass.</param>
public sealed class SaveFailurePolicy(Action<string> warn, int failuresAllowed = 3)
{
    /// <summary>Failed saves since the last good one.</summary>
    public int FailuresInARow { get; private set; }

    /// <summary>Runs a save; false when it failed and training may go on.</summary>
    /// <exception cref="AtelierException">
    /// Kind Disk: the last failure allowed. Failures of another kind pass through and are not counted.
    /// </exception>
    public bool TrySave(Action save)
    {
        ArgumentNullException.ThrowIfNull(save);
        try
        {
            save();
        }
        catch (AtelierException e) when (e.Kind == FailureKind.Disk)
        {
            FailuresInARow++;
            if (FailuresInARow >= failuresAllowed)
            {
                throw new AtelierException(
                    FailureKind.Disk,
                    $"{FailuresInARow} saves in a row failed, so the run ends here. {e.Message}", e);
            }

            warn(
                $"{e.Message} Training goes on; this is failure {FailuresInARow} of "
                + $"{failuresAllowed} in a row.");
            return false;
        }

        FailuresInARow = 0;
        return true;
    }
}
