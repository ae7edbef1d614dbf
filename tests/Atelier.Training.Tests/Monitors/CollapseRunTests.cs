using Atelier.Tests;
using Atelier.Torch;
using Atelier.Training.Loop;
using Atelier.Training.Progress;
using Atelier.Training.RunDirectory;
using Atelier.Training.Tests.Loop;

namespace Atelier.Training.Tests.Monitors;

/// <summary>Runs that collapse, and runs that do not.</summary>
public sealed class CollapseRunTests : TensorTest
{
    private const int DisasterStep = 22;

    private static readonly Lazy<string> Unharmed = new(static () => RolledBack(null).Fingerprint);

    private static readonly string[] Watched =
    [
        "training.steps=30", "training.discriminator_steps=1", "training.lr_decay=none",
        "monitors.every_steps=2", "monitors.images=16", "snapshots.checkpoint_every_steps=5",
        "snapshots.samples_every_steps=null", "snapshots.tick_every_steps=2",
    ];

    [Fact]
    public void TenHealthySeeds_AreSilent()
    {
        using var run = new TinyRun();
        for (var seed = 0; seed < 10; seed++)
        {
            var observer = new ScriptedObserver();
            using var loop = run.Loop(
                observer, [.. Watched, "training.steps=36", $"training.seed={seed}"],
                resumes: false);

            Assert.Equal(36, loop.Run().Step);
            Assert.Empty(observer.Warnings);
        }
    }

    [Theory]
    [InlineData("training.discriminator.lr=2", "training.generator.lr=2e-3")]
    [InlineData("training.discriminator.lr=2", "training.generator.lr=2")]
    public void AbsurdLearningRate_IsCaughtWithinSixtySteps(string discriminator, string generator)
    {
        using var run = new TinyRun();
        using var loop = run.Loop(
            new ScriptedObserver(), [.. Watched, "training.steps=60", discriminator, generator]);

        var failure = Assert.Throws<AtelierException>(() => { loop.Run(); });

        Assert.Equal(FailureKind.Numeric, failure.Kind);
        Assert.Contains("the training has collapsed", failure.Message, StringComparison.Ordinal);
        Assert.InRange(loop.Session.Step, 1, 59);
    }

    [Fact]
    public void Stop_EndsWithTheEvidenceAndKeepsTheCheckpointFromBeforeTheOnset()
    {
        using var run = new TinyRun();
        TrainingLoop? loop = null;
        using (loop = run.Loop(
            new ScriptedObserver(step => Explode(loop!, step, DisasterStep)),
            [.. Watched, "snapshots.keep_last=1", "snapshots.checkpoint_every_steps=3"]))
        {
            var failure = Assert.Throws<AtelierException>(() => { loop.Run(); });

            Assert.Equal(FailureKind.Numeric, failure.Kind);
            // Two grave looks, at 22 and 24; the last one without a sign was at 20, three before it at 14.
            Assert.StartsWith("At step 24 the training has", failure.Message, StringComparison.Ordinal);
            Assert.Contains("without a sign was at step 20", failure.Message, StringComparison.Ordinal);
            Assert.Contains("singular value of G's stem", failure.Message, StringComparison.Ordinal);
            Assert.Contains("checkpoint of step 9 is from before", failure.Message, StringComparison.Ordinal);
            Assert.Equal([21, 15, 9], run.Checkpoints.Steps);
        }
    }

    [Fact]
    public void Warn_TellsOnceAndGoesOn()
    {
        using var run = new TinyRun();
        TrainingLoop? loop = null;
        var observer = new ScriptedObserver(step => Explode(loop!, step, DisasterStep));
        using (loop = run.Loop(observer, [.. Watched, "monitors.on_collapse=warn"]))
        {
            Assert.Equal(30, loop.Run().Step);
            Assert.Contains("has collapsed", Assert.Single(observer.Warnings), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Rollback_GoesBackBeforeTheOnsetAndLowersTheLearningRateOfG()
    {
        using var run = new TinyRun();
        TrainingLoop? loop = null;
        var explodes = true;
        var steps = new List<long>();
        var observer = new ScriptedObserver(step =>
        {
            steps.Add(step);
            if (explodes && Explode(loop!, step, DisasterStep)) explodes = false;
        });
        using (loop = run.Loop(observer, [.. Watched, "monitors.on_collapse=rollback"]))
        {
            Assert.Equal(30, loop.Run().Step);

            Assert.Equal(
                [.. Enumerable.Range(1, 24), .. Enumerable.Range(11, 20)],
                steps.Select(static s => (int)s));
            var change = Assert.Single(observer.Interventions);
            Assert.Equal(10, change.Step);
            Assert.Equal(("training.generator.lr", "0.002", "0.001"), (change.Key, change.Old, change.New));
            Assert.Contains("singular value of G's stem", change.Reason, StringComparison.Ordinal);
            Assert.Equal(1e-3, loop.Session.GeneratorOptimizer.LearningRate, 1e-12);
            Assert.Equal(2e-3, observer.Ticks.First(static t => t.Step == 16).LearningRateGenerator, 1e-12);
            Assert.Equal(1e-3, observer.Ticks.Last(static t => t.Step == 16).LearningRateGenerator, 1e-12);
        }
    }

    [Fact]
    public void Rollback_AfterTheLastOneAllowed_EndsTheRun()
    {
        using var run = new TinyRun();
        TrainingLoop? loop = null;
        var observer = new ScriptedObserver(step => Explode(loop!, step, DisasterStep));
        using (loop = run.Loop(
            observer, [.. Watched, "monitors.on_collapse=rollback", "monitors.most_rollbacks=2"]))
        {
            var failure = Assert.Throws<AtelierException>(() => { loop.Run(); });

            Assert.Equal(FailureKind.Numeric, failure.Kind);
            Assert.Contains("went back 2 times already", failure.Message, StringComparison.Ordinal);
            Assert.Equal(2, observer.Interventions.Count);
            Assert.Equal(0.25, loop.Session.GeneratorRateFactor);
        }
    }

    [Fact]
    public void Rollback_WithoutACheckpointBeforeTheOnset_EndsTheRunAndSaysSo()
    {
        using var run = new TinyRun();
        TrainingLoop? loop = null;
        using (loop = run.Loop(
            new ScriptedObserver(step => Explode(loop!, step, DisasterStep)),
            [.. Watched, "monitors.on_collapse=rollback", "snapshots.checkpoint_every_steps=20"]))
        {
            var failure = Assert.Throws<AtelierException>(() => { loop.Run(); });

            Assert.Contains("no checkpoint from before the onset", failure.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(Moment.BeforeTheSave)]
    [InlineData(Moment.AfterTheSave)]
    [InlineData(Moment.BeforeTheLine)]
    public void Rollback_KilledOnItsWay_EndsAsOneThatWasNot(Moment moment)
    {
        var (actual, lines) = RolledBack(moment);

        Assert.Equal(Unharmed.Value, actual);
        var line = Assert.Single(lines);
        Assert.Equal(10, line.Step);
    }

    private static (string Fingerprint, IReadOnlyList<Intervention> Lines) RolledBack(Moment? kill)
    {
        string[] set = [.. Watched, "monitors.on_collapse=rollback"];
        using var run = new TinyRun();
        TrainingLoop? loop = null;
        if (kill is { } moment)
        {
            using (var recorder = new RunRecorder(run.Folder, null, static _ => { }))
            using (loop = run.Loop(
                new ObserverGroup(
                    new Killer(() => loop!, moment), recorder), set))
                Assert.Throws<AbandonedException>(() => { loop.Run(); });
        }

        var newest = run.Checkpoints.Steps.FirstOrDefault(-1);
        using (var recorder = new RunRecorder(run.Folder, newest < 0 ? null : newest, static _ => { }))
        using (loop = run.Loop(
            new ObserverGroup(new Killer(() => loop!, null), recorder), set))
        {
            loop.Run();
            return (TinyRun.Fingerprint(loop), InterventionLog.Read(run.Folder));
        }
    }

    /// <summary>G's first layer grows twentyfold, once, in the steps before a rollback.</summary>
    private static bool Explode(TrainingLoop loop, long step, long at)
    {
        if (step != at) return false;
        using var noGrad = new NoGradScope();
        loop.Session.Generator.NamedParameters().Single(static p => p.Name == "stem.weight")
            .Tensor.MulInPlace(20);
        return true;
    }

    /// <summary>Where a rollback is cut off.</summary>
    public enum Moment
    {
        BeforeTheSave,
        AfterTheSave,
        BeforeTheLine,
    }

    /// <summary>The explosion, of runs that were not rolled back yet, and a kill at one moment.</summary>
    private sealed class Killer(Func<TrainingLoop> loop, Moment? moment) : ITrainingObserver
    {
        private bool isBack;

        public void OnStep(long step, long totalSteps)
        {
            if (loop().Session.GeneratorRateFactor == 1) Explode(loop(), step, DisasterStep);
        }

        public void OnPhase(TrainingPhase phase)
        {
            var session = loop().Session;
            isBack = session.GeneratorRateFactor < 1;
            if (phase == TrainingPhase.Saving && isBack) KillAt(Moment.BeforeTheSave);
        }

        public void OnCheckpoint(CheckpointSaved checkpoint)
        {
            if (isBack) KillAt(Moment.AfterTheSave);
        }

        public void OnIntervention(Intervention intervention) => KillAt(Moment.BeforeTheLine);

        private void KillAt(Moment now)
        {
            if (now == moment) throw new AbandonedException();
        }
    }
}
