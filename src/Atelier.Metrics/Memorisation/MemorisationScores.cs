namespace Atelier.Metrics;

/// <summary>How near generated images come to the training images, beside real images that were held
/// out.</summary>
/// <param name="Distance">The mean over generated images of 1 minus the cosine to the nearest training image,
/// from 0 (all are copies) to 2.</param>
/// <param name="HeldOutDistance">The same of real images that were not trained on.</param>
/// <param name="Ratio">The first over the second: well below 1 is memorisation, far above 1 is distance from
/// the data.</param>
/// <param name="CopyShare">The share of generated images that are nearer to a training image than all but 1 %
/// of the held-out ones: 0.01 of a generator as good as the data.</param>
/// <param name="CopyingZ">The Mann-Whitney z of generated against held-out distances: about standard normal
/// of a generator as good as the data, below -3 where it copies, above 3 where it stays away.</param>
public sealed record MemorisationScores(
    double Distance, double HeldOutDistance, double Ratio, double CopyShare, double CopyingZ);
