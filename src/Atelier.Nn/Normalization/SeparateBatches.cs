namespace Atelier.Nn;

/// <summary>Several batches in one pass of a network, each with BatchNorm statistics of its own.</summary>
public static class SeparateBatches
{
    /// <summary>
    /// Sets of how many batches, equally long and one behind the other, every training pass is made; 1 as a
    /// rule (<see cref="BatchStatistics.Batches"/>).
    /// </summary>
    public static void PassBatches(this Module network, int count)
    {
        foreach (var (_, module) in network.Modules())
            if (module is BatchStatistics statistics)
                statistics.Batches = count;
    }
}
