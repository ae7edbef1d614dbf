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

    [Fact]
    public void Steps_ByTheKernels_FollowThoseByTheDefinitions()
    {
        using var plain = Session();
        using var fast = Session();

        for (var k = 1UL; k <= 12; k++)
        {
            var expected = PlainStep(plain, k);
            var actual = Step(fast, k);
            AssertNear(expected.LossDiscriminator, actual.LossDiscriminator);
            AssertNear(expected.LossGenerator, actual.LossGenerator);
        }

        foreach (var (expected, actual) in Weights(plain).Zip(Weights(fast)))
            Assert.True(MaxDifference(expected.Tensor, actual.Tensor) <= 1e-5, expected.Name);
        // Equal to the last bit, it would be one path compared with itself.
        Assert.Contains(Weights(plain).Zip(Weights(fast)), static pair =>
            MaxDifference(pair.First.Tensor, pair.Second.Tensor) > 0);
    }

    private static void AssertNear(double expected, double actual) =>
        Assert.Equal(expected, actual, 1e-5 * Math.Max(1, Math.Abs(expected)));

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
