using Atelier.Gan;
using Atelier.Nn;
using Atelier.Tests;
using Atelier.Torch;
using Atelier.Training.Loop;

namespace Atelier.Training.Tests.Loop;

/// <summary>Training on a GPU against the processor; skipped where libtorch sees none.</summary>
public sealed class CudaTests : TensorTest
{
    [Fact]
    public void Steps_OnAGpu_FollowThoseOfTheProcessor()
    {
        Require();
        using var host = Session(Precision.Float32, Device.Cpu);
        using var gpu = Session(Precision.Float32, Device.Cuda());

        for (var k = 0; k < 3; k++)
        {
            var (one, other) = (Step(host, k), Step(gpu, k));
            // Convolutions on a GPU may round their factors to ten bits.
            Assert.Equal(one.LossDiscriminator, other.LossDiscriminator, 5e-3);
            Assert.Equal(one.LossGenerator, other.LossGenerator, 5e-3);
        }

        Assert.Equal(host.Random.GetState(), gpu.Random.GetState());
        Assert.All(gpu.Generator.Parameters(), static p => Assert.Equal(DeviceType.Cuda, p.Device.Type));
    }

    [Theory]
    [InlineData(Precision.BFloat16)]
    [InlineData(Precision.Float16)]
    public void Steps_InHalfPrecisionOnAGpu_FollowFloat32(Precision precision)
    {
        Require();
        using var exact = Session(Precision.Float32, Device.Cuda());
        using var cast = Session(precision, Device.Cuda());

        for (var k = 0; k < 3; k++)
            Assert.Equal(Step(exact, k).LossDiscriminator, Step(cast, k).LossDiscriminator, 0.1);

        Assert.Equal(precision == Precision.Float16, cast.GeneratorScaler is not null);
        Assert.All(cast.Generator.Parameters(), static p => Assert.Equal(DType.Float32, p.DType));
    }

    [Fact]
    public void Steps_ReplayedOnAGpu_AreThoseLaunchedOneByOne()
    {
        Require();
        using var plain = Session(Precision.Float32, Device.Cuda());
        using var recorded = Session(Precision.Float32, Device.Cuda(), "training.cuda_graph=true");
        using var one = Steps(plain);
        using var other = Steps(recorded);

        for (var k = 0; k < 8; k++)
        {
            var (expected, actual) = (one.Run(), other.Run());
            // Sums of gradients may be taken in another order.
            Assert.Equal(expected.LossDiscriminator, actual.LossDiscriminator, 5e-3);
            Assert.Equal(expected.LossGenerator, actual.LossGenerator, 5e-3);
        }

        Assert.Equal(plain.DiscriminatorOptimizer.StepCount, recorded.DiscriminatorOptimizer.StepCount);
        Assert.Equal(plain.Random.GetState(), recorded.Random.GetState());
    }

    private static TrainStep Steps(GanSession session)
    {
        var taken = 0;
        return new TrainStep(
            session, new HingeLoss(), () => Batch(session.Device, ++taken),
            recording: StepRecording.Of(session));
    }

    private static RealBatch Batch(Device device, int k)
    {
        using var random = new Generator(Device.Cpu, (ulong)k);
        var images = Tensor.Randn([4, 1, 32, 32], random).Send(device);
        return new RealBatch(images, Aten.Randint(0, 3, [4], random, DType.Int64).Send(device));
    }

    private static void Require() =>
        Assert.SkipUnless(TorchRuntime.CudaAvailable, "libtorch sees no CUDA device");

    private static GanSession Session(Precision precision, Device device, params string[] set)
    {
        var recipe = TinyRun.RecipeOf(set).Recipe;
        return new GanSession(GanBlueprint.Of(recipe.Model, 1, 32, 3), recipe.Training, precision, device);
    }

    private static StepResult Step(GanSession session, int k)
    {
        var batch = Batch(session.Device, k);
        return new TrainStep(session, new HingeLoss(), () => batch).Run();
    }
}
