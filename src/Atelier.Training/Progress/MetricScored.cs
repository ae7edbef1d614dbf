namespace Atelier.Training.Progress;

/// <summary>One metric of one evaluation; one line of <c>metrics.jsonl</c>.</summary>
/// <param name="Step">Step of the weights evaluated.</param>
/// <param name="Name">Metric, such as <c>fid</c>.</param>
/// <param name="Value">Its value.</param>
/// <param name="Protocol">Protocol id; values of different protocols do not compare.</param>
/// <param name="Samples">Generated images.</param>
/// <param name="Seconds">Time of the evaluation.</param>
/// <param name="Time">UTC time.</param>
/// <param name="Best">True when it is the best of the run so far.</param>
public sealed record MetricScored(
    long Step, string Name, double Value, string Protocol, long Samples, double Seconds, DateTimeOffset Time,
    bool Best);
