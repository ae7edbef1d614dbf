using Atelier.Metrics;

namespace Atelier.Training.Evaluation;

/// <summary>How good a generator is at one class.</summary>
/// <param name="ClassId">The class.</param>
/// <param name="RealCount">Real images of it.</param>
/// <param name="Fid">FID between its generated and its real images.</param>
/// <param name="Recognised">The share of its generated images that the classifier takes for it.</param>
public sealed record ClassScore(int ClassId, int RealCount, MetricResult Fid, MetricResult Recognised);
