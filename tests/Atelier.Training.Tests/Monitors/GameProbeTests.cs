using Atelier.Gan;
using Atelier.Nn;
using Atelier.Tests;
using Atelier.Torch;
using Atelier.Training.Loop;
using Atelier.Training.Monitors;
using Atelier.Training.Tests.Loop;

namespace Atelier.Training.Tests.Monitors;

public sealed class GameProbeTests : TensorTest
{
    [Fact]
    public void Look_AtASession_LeavesItAsItWasAndSeesTheSameAgain()
    {
        using var run = new TinyRun();
        using var loop = run.Loop(new ScriptedObserver(), ["training.steps=5", "monitors.every_steps=null"]);
        loop.Run();
        var before = TinyRun.Fingerprint(loop);
        var session = loop.Session;
        using var monitor = new NetworkMonitor(
            session, run.Dataset.Train, null, TinyRun.RecipeOf().Recipe.Monitors);

        var (first, second) = (monitor.Look(1).Game, monitor.Look(1).Game);

        Assert.Equal(first, second);
        Assert.Equal(before, TinyRun.Fingerprint(loop));
        Assert.True(session.Generator.IsTraining && session.Discriminator.IsTraining);
    }

    [Fact]
    public void Look_AtAGeneratorThatIgnoresItsLatent_SeesNoDiversity()
    {
        using var reading = new Reading(latentGain: 0);

        Assert.Equal(0, reading.Game.PixelDiversity);
        Assert.Equal(0, reading.Game.FeatureDiversity);
    }

    [Fact]
    public void Look_AtADiscriminatorThatKnowsBrightness_CountsWhatItGetsRight()
    {
        using var reading = new Reading(latentGain: 0);

        // Every generated image is a constant -0.25, so its logit is -0.25 and D is right.
        Assert.Equal((1.0, -0.25), (reading.Game.AccuracyFake, reading.Game.LogitFake));
        Assert.Equal(Reading.Bright(reading.Run.Dataset.Train, 64), reading.Game.AccuracyReal);
        Assert.Equal(
            Reading.Bright(reading.Run.Dataset.HeldOut!, 16), reading.Game.AccuracyHeldOut);
        Assert.Equal(
            reading.Game.AccuracyReal - reading.Game.AccuracyHeldOut, reading.Game.MemorisationGap);
    }

    [Fact]
    public void Look_AtLatentsThatMoveEveryPixel_GivesTheMeanDistanceOverThatOfTheData()
    {
        using var one = new Reading(latentGain: 0.01);
        using var three = new Reading(latentGain: 0.03);

        // Distances are linear in what the latent adds.
        Assert.Equal(3, three.Game.PixelDiversity / one.Game.PixelDiversity, 1e-4);
        Assert.True(one.Game.PixelDiversity > 0);
    }

    /// <summary>A look of a D that answers the mean of an image, at a G that paints a constant.</summary>
    private sealed class Reading : IDisposable
    {
        public Reading(double latentGain)
        {
            Run = new TinyRun(heldOut: 16);
            using var generator = new Painter(latentGain);
            using var discriminator = new Brightness();
            Game = new GameProbe(
                generator, discriminator, new PrecisionPolicy(Precision.Float32, DeviceType.Cpu),
                new ProbeImages(Run.Dataset.Train, 64), new ProbeImages(Run.Dataset.HeldOut!, 64), 6).Look();
        }

        public TinyRun Run { get; }

        public GameReading Game { get; }

        /// <summary>The share of the first images that are brighter than grey.</summary>
        public static double Bright(Data.DatasetView view, int count)
        {
            var images = new ProbeImages(view, count);
            var (pixels, _) = images.Read(0, images.Count, Device.Cpu);
            return pixels.Mean([1, 2, 3]).Gt(0).To(DType.Float64).Mean().Item();
        }

        public void Dispose() => Run.Dispose();
    }

    private sealed class Painter : GeneratorNetwork
    {
        private readonly double latentGain;

        public Painter(double latentGain)
        {
            this.latentGain = latentGain;
            Parameter("paint", Tensor.Ones([1]));
        }

        public override int LatentSize => 4;

        public override int ClassCount => 3;

        public override bool IsConditional => true;

        public override int ImageChannels => 1;

        public override ImageSize ImageSize => 32;

        public override Tensor Generate(Tensor latent, Tensor classes) =>
            (latent.Sum([1]) * latentGain - 0.25).Reshape([-1, 1, 1, 1]).Expand([-1, 1, 32, 32]);

        public override Tensor? EmbedClasses(Tensor classes) => null;

        public override Tensor GenerateFromEmbedding(Tensor latent, Tensor embedded) =>
            throw new NotSupportedException();
    }

    private sealed class Brightness : DiscriminatorNetwork
    {
        public override DiscriminatorOutput Discriminate(Tensor images, Tensor classes)
        {
            var mean = images.Mean([1, 2, 3]).Reshape([-1, 1]);
            return new DiscriminatorOutput(mean, mean);
        }
    }
}
