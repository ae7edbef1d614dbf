namespace Atelier.Nn;

/// <summary>
/// A layer whose statistics can be gathered over many passes. Standing statistics (BigGAN paper, section 4
/// and appendix D): run the network many times with fresh latents, pool mean and variance over all of them,
/// and use those, so that a sample does not depend on its batch, and an averaged generator has statistics of
/// its own weights.
/// </summary>
public interface IBatchStatistics
{
    /// <summary>
    /// Forgets what was gathered; from now on forward passes in training mode are pooled, each with one
    /// weight.
    /// </summary>
    void BeginStandingStatistics();

    /// <summary>Writes the pooled statistics into the running ones.</summary>
    void EndStandingStatistics();
}
