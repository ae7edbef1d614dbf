using Atelier.Gan;
using Atelier.Nn;
using Atelier.Tests;
using Atelier.Torch;
using Atelier.Training.Loop;

namespace Atelier.Training.Tests.Loop;

/// <summary>Whole steps by the fused operators beside the same steps by their definitions.</summary>
public sealed class FastPathTests : TensorTest
{
    // Wide enough that every fused operator has its kernel. With a large epsilon Adam's step is smooth:
    // without, it takes the sign of gradients that are zero but for rounding.
    private static readonly string[] Wide =
    [
        "model.channels=16", "training.discriminator_steps=2", "training.generator.eps=1e-3",
        "training.discriminator.eps=1e-3", "training.generator.lr=2e-4", "training.discriminator.lr=2e-4",
    ];

    // A rounding decides now and then whether a ReLU lets a number next to zero pass; its gradient then comes
    // or goes as a whole. Two steps in twelve may therefore differ by more than rounding, and none by much.
    private const int Steps = 12, StepsByRounding = 10;
    private const double ByRounding = 1e-5, ByFlips = 1e-4;

    [Fact]
    public void Steps_ByTheKernels_AreThoseByTheDefinitions()
    {
        using var plain = Session();
        using var fast = Session();
        var differences = new List<double>();
        var hasDiffered = false;

        for (var k = 1UL; k <= Steps; k++)
        {
            differences.Add(Difference(PlainStep(plain, k), Step(fast, k)));
            var weights = MaxDifference(plain, fast);
            Assert.True(weights <= ByFlips, $"step {k}: weights differ by {weights}");
            // Equal to the last bit, it would be one path compared with itself.
            hasDiffered |= weights > 0;
            // Every step begins in the same state, or a flip would be carried on by all that follow.
            Copy(plain, fast);
        }

        Assert.All(differences, static d => Assert.InRange(d, 0, ByFlips));
        Assert.True(differences.Count(static d => d <= ByRounding) >= StepsByRounding);
        Assert.True(hasDiffered);
    }

    private static double Difference(StepResult expected, StepResult actual) => Math.Max(
        Relative(expected.LossDiscriminator, actual.LossDiscriminator),
        Relative(expected.LossGenerator, actual.LossGenerator));

    private static double Relative(double expected, double actual) =>
        Math.Abs(expected - actual) / Math.Max(1, Math.Abs(expected));

    private static double MaxDifference(GanSession first, GanSession second) =>
        Weights(first).Zip(Weights(second), static (a, b) => MaxDifference(a.Tensor, b.Tensor)).Max();

    private static void Copy(GanSession from, GanSession to)
    {
        using var gradients = new NoGradScope();
        foreach (var (source, target) in from.AllTensors().Zip(to.AllTensors()))
            target.Tensor.CopyInPlace(source.Tensor);
    }

    private static IEnumerable<NamedTensor> Weights(GanSession session) => session.AllTensors()
        .Where(static t => !t.Name.StartsWith("optimizer", StringComparison.Ordinal));

    private static StepResult PlainStep(GanSession session, ulong seed)
    {
        using var definitions = new DefinitionScope();
        return Step(session, seed);
    }

    private static GanSession Session() => TinyRun.Session(Wide);

    private static StepResult Step(GanSession session, ulong seed)
    {
        using var random = new Generator(Device.Cpu, seed);
        var batch = new RealBatch(
            Tensor.Randn([4, 1, 32, 32], random), Aten.Randint(0, 3, [4], random, DType.Int64));
        return new TrainStep(session, new HingeLoss(), () => batch).Run();
    }
}
