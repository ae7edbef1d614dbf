namespace Atelier.Metrics;

/// <summary>What stored tensors can give to metrics.</summary>
internal static class StoredSupply
{
    /// <summary>Whatever is made of features.</summary>
    public const MetricNeeds OfFeatures =
        MetricNeeds.Features | MetricNeeds.AllFeatures | MetricNeeds.RealMoments | MetricNeeds.RealFeatures;

    public static MetricSupply Of(StoredTensors real, StoredTensors fake)
    {
        var supply = new MetricSupply(FailureKind.Dataset);
        Need(MetricNeeds.Features | MetricNeeds.AllFeatures, fake, fake.Features, "features [N, D] float32");
        Need(MetricNeeds.RealMoments | MetricNeeds.RealFeatures, real, real.Features,
            "features [N, D] float32");
        Need(MetricNeeds.Logits, fake, fake.Logits, "logits [N, K] float32");
        Need(MetricNeeds.Labels, fake, fake.Classes, "y [N] int64");
        Need(MetricNeeds.RealLabels, real, real.Classes, "y [N] int64");
        Need(MetricNeeds.AllImages, fake, fake.Images, "images [N, C, H, W] uint8");
        Need(MetricNeeds.RealImages, real, real.Images, "images [N, C, H, W] uint8");
        supply.Deny(
            MetricNeedsGroups.OfHeldOut, "needs real images that training does not see; give images.");
        supply.Deny(
            MetricNeedsGroups.OfGenerator,
            "is about the way from latents to images; give a model, no tensors.");
        return supply;

        void Need(MetricNeeds needs, StoredTensors file, object? tensor, string what)
        {
            if (tensor is null) supply.Deny(needs, $"needs a tensor {what}, which {file.Path} lacks.");
        }
    }
}
