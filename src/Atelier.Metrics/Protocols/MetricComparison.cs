namespace Atelier.Metrics;

/// <summary>Compares two numbers, and refuses where they are not numbers of the same thing.</summary>
public static class MetricComparison
{
    /// <summary>How much larger the second value is than the first.</summary>
    /// <exception cref="AtelierException">The protocols differ; the sentence names how (Usage).</exception>
    public static double Difference(MetricResult first, MetricResult second)
    {
        Require(first.Protocol, second.Protocol);
        return second.Value - first.Value;
    }

    /// <summary>Does nothing when both protocols are equal.</summary>
    /// <exception cref="AtelierException">They differ; the sentence names how (Usage).</exception>
    public static void Require(MetricProtocol first, MetricProtocol second)
    {
        if (first.Id == second.Id) return;
        var differences = first.Fields.Zip(second.Fields)
            .Where(pair => pair.First.Value != pair.Second.Value)
            .Select(pair =>
                $"{pair.First.Name} {Shorten(pair.First.Value)} against {Shorten(pair.Second.Value)}");
        throw new AtelierException(
            FailureKind.Usage,
            $"{first.Id} and {second.Id} are not comparable: {string.Join(", ", differences)}. "
            + "Evaluate both with the same settings.");
    }

    private static string Shorten(string value) => value.Length > 20 ? value[..12] + "…" : value;
}
