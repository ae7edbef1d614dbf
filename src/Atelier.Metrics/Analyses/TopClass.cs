namespace Atelier.Metrics;

/// <summary>What a classifier says in one word.</summary>
internal static class TopClass
{
    /// <summary>The class of the largest logit; of equal ones the lowest class.</summary>
    /// <param name="logits">Logits [K], at least one.</param>
    public static int Of(ReadOnlySpan<float> logits)
    {
        var best = 0;
        for (var k = 1; k < logits.Length; k++)
            if (logits[k] > logits[best])
                best = k;
        return best;
    }
}
