namespace Atelier.Gan.BigGanDeep;

/// <summary>One bottleneck block of a plan.</summary>
/// <param name="Inputs">Channels in.</param>
/// <param name="Outputs">Channels out.</param>
/// <param name="Resamples">Whether it doubles (G) or halves (D) the sides.</param>
/// <param name="Resolution">Longer side of its output in pixels.</param>
/// <param name="HasAttention">Whether self-attention follows.</param>
public sealed record BottleneckPlan(
    int Inputs, int Outputs, bool Resamples, int Resolution, bool HasAttention)
{
    private const int Ratio = 4;

    /// <summary>Channels between the 1x1 convolutions in G: a quarter of those that come in.</summary>
    public int GeneratorHidden => Math.Max(1, Inputs / Ratio);

    /// <summary>Channels between the 1x1 convolutions in D: a quarter of those that go out.</summary>
    public int DiscriminatorHidden => Math.Max(1, Outputs / Ratio);
}
