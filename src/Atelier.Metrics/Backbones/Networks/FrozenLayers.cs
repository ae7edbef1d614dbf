namespace Atelier.Metrics;

/// <summary>Layers on their way to the network that owns them.</summary>
internal static class FrozenLayers
{
    /// <summary>Hands a layer to its network, which frees it.</summary>
    /// <returns>The same layer.</returns>
    public static T Into<T>(this T layer, Action<FrozenLayer> register)
        where T : FrozenLayer
    {
        register(layer);
        return layer;
    }
}
