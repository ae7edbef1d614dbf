namespace Atelier.Metrics;

/// <summary>Sums of what happened since the last report.</summary>
internal sealed class TrainingWindow
{
    private double lossSum;
    private long agreed;
    private long images;

    public double Loss => lossSum / images;

    public double Accuracy => agreed / (double)images;

    public void Add(double loss, long agreedImages, int imageCount)
    {
        lossSum += loss * imageCount;
        agreed += agreedImages;
        images += imageCount;
    }

    public void Clear() => (lossSum, agreed, images) = (0, 0, 0);
}
