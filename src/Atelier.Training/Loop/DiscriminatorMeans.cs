namespace Atelier.Training.Loop;

/// <summary>Sums over the discriminator's passes of a step.</summary>
internal sealed class DiscriminatorMeans
{
    private double loss;
    private double real;
    private double fake;
    private int passes;

    public void Add(double batchLoss, double onReal, double onFake)
    {
        loss += batchLoss;
        real += onReal;
        fake += onFake;
        passes++;
    }

    public StepResult Result(double generatorLoss) =>
        new(loss / passes, generatorLoss, real / passes, fake / passes);
}
