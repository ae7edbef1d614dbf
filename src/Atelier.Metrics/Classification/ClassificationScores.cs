namespace Atelier.Metrics;

/// <summary>Classification accuracies between generated and real images.</summary>
/// <param name="TrainedOnFakes">A classifier that learned from generated images, on real test images: the
/// classification accuracy score.</param>
/// <param name="TestedOnFakes">One that learned from real images, on generated ones: are the classes
/// right?</param>
/// <param name="TrainedOnReals">The latter on real test images: what the first would be if the generated
/// images were as good as the real ones.</param>
public sealed record ClassificationScores(
    TopAccuracy TrainedOnFakes, TopAccuracy TestedOnFakes, TopAccuracy TrainedOnReals);
