using Atelier.Torch;

namespace Atelier.Nn.Tests.Normalization;

public sealed class ReplicaStatisticsTests : NnTest
{
    private static readonly long[] Whole = [6, 3, 4, 2];

    [Theory]
    [InlineData(3)]
    [InlineData(2)]
    public void Shares_OfABatchInTwoReplicas_GiveTheWholeBatchsImagesGradientsAndStatistics(int first)
    {
        using var random = new Generator(Device.Cpu, 6);
        var input = Tensor.Randn(Whole, random) * 2 + Ramp(Whole);
        var weight = Tensor.Randn(Whole, random);
        using var alone = Norm();
        var (output, gradient) = Pass(alone, input, weight);

        using var one = Norm();
        using var two = Norm();
        using var group = new Rendezvous(2);
        one.ShareStatistics(group);
        two.ShareStatistics(group);
        Tensor[] inputs = [Leaf(input.Narrow(0, 0, first)), Leaf(input.Narrow(0, first, 6 - first))];
        var outputs = group.Run(place => (place == 0 ? one : two).Forward(inputs[place]));
        Autograd.Backward((outputs[0] * weight.Narrow(0, 0, first)).Sum() +
            (outputs[1] * weight.Narrow(0, first, 6 - first)).Sum());

        Assert.InRange(MaxDifference(output, Aten.Cat(outputs)), 0, Rounding);
        Assert.InRange(MaxDifference(gradient, Aten.Cat([inputs[0].Grad!, inputs[1].Grad!])), 0, 5e-6);
        foreach (var ((name, expected), (mine, other)) in alone.NamedParameters()
            .Zip(one.Parameters().Zip(two.Parameters())))
            Assert.True(MaxDifference(expected.Grad!, mine.Grad! + other.Grad!) < 2e-5, name);
        foreach (var replica in new[] { one, two })
            foreach (var (expected, now) in alone.NamedBuffers().Zip(replica.NamedBuffers()))
                Assert.InRange(MaxDifference(expected.Tensor, now.Tensor), 0, Rounding);
        foreach (var tensor in outputs) tensor.Dispose();
    }

    [Fact]
    public void Shares_WhileStandingStatisticsAreGathered_PoolTheWholeBatch()
    {
        var input = Ramp(Whole);
        using var alone = Norm();
        Gather(alone, () => alone.Forward(input));

        using var one = Norm();
        using var two = Norm();
        using var group = new Rendezvous(2);
        BatchNorm2d[] replicas = [one, two];
        foreach (var replica in replicas)
        {
            replica.ShareStatistics(group);
            Statistics(replica).BeginStandingStatistics();
        }

        foreach (var tensor in group.Run(k => replicas[k].Forward(input.Narrow(0, 4 * k, 4 - (2 * k)))))
            tensor.Dispose();
        foreach (var replica in replicas)
        {
            Statistics(replica).EndStandingStatistics();
            foreach (var (expected, now) in alone.NamedBuffers().Zip(replica.NamedBuffers()))
                Assert.InRange(MaxDifference(expected.Tensor, now.Tensor), 0, Rounding);
        }
    }

    [Fact]
    public void Evaluation_OfAReplica_AsksNobody()
    {
        using var norm = Norm();
        using var nobody = new Rendezvous(2);
        norm.ShareStatistics(nobody);
        norm.Train(false);
        using var noGrad = new NoGradScope();

        Assert.InRange(MaxDifference(norm.Forward(Ramp(Whole)), Ramp(Whole) * 1.5 - 0.25), 0, 3e-4);
    }

    private static BatchNorm2d Norm()
    {
        var norm = new BatchNorm2d(3, 1e-5);
        using var noGrad = new NoGradScope();
        norm.Parameters()[0].FillInPlace(1.5);
        norm.Parameters()[1].FillInPlace(-0.25);
        return norm;
    }

    private static (Tensor Output, Tensor Gradient) Pass(BatchNorm2d norm, Tensor input, Tensor weight)
    {
        var leaf = Leaf(input);
        var output = norm.Forward(leaf);
        Autograd.Backward((output * weight).Sum());
        return (output, leaf.Grad!);
    }

    private static Tensor Leaf(Tensor values)
    {
        var leaf = values.Detach().Clone();
        leaf.RequiresGrad = true;
        return leaf;
    }

    private static void Gather(BatchNorm2d norm, Action pass)
    {
        Statistics(norm).BeginStandingStatistics();
        pass();
        Statistics(norm).EndStandingStatistics();
    }

    private static BatchStatistics Statistics(BatchNorm2d norm) =>
        norm.Modules().Select(static m => m.Module).OfType<BatchStatistics>().Single();

    /// <summary>
    /// Replicas as threads of this process: their sums meet in one graph, which autograd then goes through.
    /// </summary>
    private sealed class Rendezvous(int replicas) : IReplicaReduction, IDisposable
    {
        [ThreadStatic]
        private static int place;
        private readonly Barrier barrier = new(replicas);
        private readonly Tensor[] given = new Tensor[replicas];

        public Tensor Sum(Tensor local)
        {
            given[place] = local;
            Assert.True(barrier.SignalAndWait(TimeSpan.FromSeconds(60)));
            var sum = given.Skip(1).Aggregate(given[0], static (a, b) => a + b);
            Assert.True(barrier.SignalAndWait(TimeSpan.FromSeconds(60)));
            return sum;
        }

        public Tensor[] Run(Func<int, Tensor> forward)
        {
            var outputs = new Tensor[replicas];
            var threads = Enumerable.Range(0, replicas).Select(k => new Thread(() =>
            {
                place = k;
                using var scope = new TensorScope();
                outputs[k] = forward(k).DetachFromScope();
                barrier.SignalAndWait(TimeSpan.FromSeconds(60));
            })).ToList();
            threads.ForEach(static t => t.Start());
            threads.ForEach(static t => t.Join());
            return outputs;
        }

        public void Dispose() => barrier.Dispose();
    }
}
