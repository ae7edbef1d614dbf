namespace Atelier.Nn;

/// <summary>Makes a network's BatchNorms count over all replicas.</summary>
public static class ReplicaStatistics
{
    /// <summary>Sets how every BatchNorm of the tree adds its sums; null for its own batch alone.</summary>
    public static void ShareStatistics(this Module network, IReplicaReduction? replicas)
    {
        foreach (var (_, module) in network.Modules())
            if (module is BatchStatistics statistics)
                statistics.Replicas = replicas;
    }
}
