using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Atelier.Cli.Application;
using Atelier.Cli.Tests.Support;
using Atelier.Torch;
using Atelier.Training.Checkpoints;
using Atelier.Training.RunDirectory;

namespace Atelier.Cli.Tests.Train;

/// <summary>Exit codes and sentences of 'atelier train', in this process.</summary>
public sealed class TrainCommandTests : IDisposable
{
    private readonly TinyWorkshop workshop = new();
    private readonly CommandLine line = new();

    // Tensors this small gain nothing from a second thread, and lose much on a busy machine.
    static TrainCommandTests() => TorchRuntime.ThreadCount = 1;

    public void Dispose()
    {
        line.Dispose();
        workshop.Dispose();
    }

    [Fact]
    public void Train_ToItsEnd_LeavesARunAndSucceeds()
    {
        Succeeds(workshop.Train("run", 3));

        Assert.Equal(3, workshop.Checkpoints("run").LoadLatest(strict: true)!.Step);
        Assert.True(File.Exists(Path.Combine(workshop.Run, "samples", "step-00000003.png")));
        Assert.Contains("atelier sample", line.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Train_WeightsThatAreNoNumbers_EndsWithNumericAndNoNewCheckpoint()
    {
        Succeeds(workshop.Train("run", 2));
        SpoilWeights(workshop.Checkpoints("run").LoadLatest()!);

        Fails(ExitCode.Numeric, workshop.Train("run", 9, "--resume", "auto"));

        Assert.Contains("is NaN", line.Error, StringComparison.Ordinal);
        Assert.Contains("that is not finite is generator.", line.Error, StringComparison.Ordinal);
        Assert.Equal([2], workshop.Checkpoints("run").Steps);
    }

    [Fact]
    public void Train_ThatCollapses_EndsWithNumericAndTheReason()
    {
        Fails(
            ExitCode.Numeric,
            workshop.Train(
                "run", 40, "--on-collapse", "stop", "--set", "training.discriminator.lr=2", "--set",
                "monitors.every_steps=2"));

        Assert.Contains("the training has collapsed", line.Error, StringComparison.Ordinal);
        Assert.Contains("D is dead", line.Error, StringComparison.Ordinal);
        Assert.Contains("on_collapse: stop", File.ReadAllText(Path.Combine(workshop.Run, "recipe.yaml")),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Train_AllCheckpointsDamaged_EndsWithCheckpoint()
    {
        Succeeds(workshop.Train("run", 6));
        foreach (var file in Directory.EnumerateFiles(
            Path.Combine(workshop.Run, "checkpoints"), "discriminator.safetensors",
            SearchOption.AllDirectories))
            File.WriteAllBytes(file, File.ReadAllBytes(file)[..^10]);

        Fails(ExitCode.Checkpoint, workshop.Train("run", 9, "--resume", "auto"));
        Assert.Contains("an incomplete copy", line.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Train_NewestCheckpointDamaged_WarnsAndGoesOn()
    {
        Succeeds(workshop.Train("run", 6));
        var file = Path.Combine(workshop.Checkpoints("run").LoadLatest()!.Folder, "generator.safetensors");
        var bytes = File.ReadAllBytes(file);
        bytes[^5] ^= 1;
        File.WriteAllBytes(file, bytes);

        Succeeds(workshop.Train("run", 9, "--resume", "auto"));

        Assert.Contains("generator.safetensors is not what was saved", line.Error, StringComparison.Ordinal);
        Assert.Equal(9, workshop.Checkpoints("run").LoadLatest(strict: true)!.Step);
    }

    [Fact]
    public void Train_ResumedWithOtherImages_EndsWithCheckpointAndKeepsTheRecipe()
    {
        Succeeds(workshop.Train("run", 3));
        var recipe = File.ReadAllText(Path.Combine(workshop.Run, "recipe.yaml"));
        var other = workshop.Pack("others", 2);

        Fails(ExitCode.Checkpoint,
            "train", "--recipe", workshop.Recipe, "--data", other, "--out", workshop.Run, "--steps", "9",
            "--resume", "auto");

        Assert.Contains("trained on other images", line.Error, StringComparison.Ordinal);
        Assert.Equal(recipe, File.ReadAllText(Path.Combine(workshop.Run, "recipe.yaml")));
    }

    [Fact]
    public void Train_ResumedWithOtherRates_SaysSoAndNotesTheStep()
    {
        Succeeds(workshop.Train("run", 3));

        Succeeds(workshop.Train(
            "run", 5, "--resume", "auto", "--set", "training.generator.lr=0.001",
            "--set", "training.discriminator.beta1=0.25"));

        Assert.Contains(
            "changes training.discriminator.beta1 from 0 to 0.25", line.Error, StringComparison.Ordinal);
        var notes = File.ReadAllLines(Path.Combine(workshop.Run, "interventions.jsonl"))
            .Select(static l => System.Text.Json.Nodes.JsonNode.Parse(l)!).ToList();
        Assert.Equal(
            ["training.steps", "training.generator.lr", "training.discriminator.beta1"],
            notes.Select(static n => (string)n["key"]!));
        Assert.All(notes, static n => Assert.Equal(3, (long)n["step"]!));
        Assert.Equal("0.001", (string)notes[1]["new"]!);

        Succeeds(workshop.Train(
            "run", 5, "--resume", "auto", "--set", "training.generator.lr=0.001",
            "--set", "training.discriminator.beta1=0.25"));
        Assert.Equal(3, File.ReadAllLines(Path.Combine(workshop.Run, "interventions.jsonl")).Length);
    }

    [Fact]
    public void Train_ResumedWithAnotherArchitecture_EndsWithUsageAndNamesTheKey()
    {
        Succeeds(workshop.Train("run", 2));
        var recipe = File.ReadAllText(Path.Combine(workshop.Run, "recipe.yaml"));

        Fails(ExitCode.Usage, workshop.Train(
            "run", 4, "--resume", "auto", "--set", "model.latent.name=uniform"));

        Assert.Contains(
            "begun with model.latent.name normal and cannot go on with model.latent.name uniform", line.Error,
            StringComparison.Ordinal);
        Assert.Equal(recipe, File.ReadAllText(Path.Combine(workshop.Run, "recipe.yaml")));
        Assert.False(File.Exists(Path.Combine(workshop.Run, "interventions.jsonl")));
    }

    [Fact]
    public void Train_ResumedWithAnotherFolder_EndsWithCheckpoint()
    {
        string[] Words(string data) =>
        [
            "train", "--recipe", workshop.Recipe, "--data", data, "--out", workshop.Run, "--steps", "2",
            "--resume", "auto",
        ];
        Succeeds(Words(workshop.IdxFolder("some", 3)));
        Succeeds(Words(workshop.IdxFolder("some", 3)));

        Fails(ExitCode.Checkpoint, Words(workshop.IdxFolder("others", 4)));

        Assert.Contains("is not what this run began with", line.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Train_FolderOfARunningRun_EndsWithPreflight()
    {
        Succeeds(workshop.Train("run", 2));
        using var held = RunFolder.Open(workshop.Run).Lock();

        Fails(ExitCode.Preflight, workshop.Train("run", 4, "--resume", "auto"));
        Assert.Contains("is in use by process", line.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Train_FolderOfARunWithoutResume_EndsWithPreflight()
    {
        Succeeds(workshop.Train("run", 2));

        Fails(ExitCode.Preflight, workshop.Train("run", 4));
        Fails(ExitCode.Preflight, workshop.Train("run", 4, "-n"));
    }

    [Theory]
    [InlineData("no-such-place")]
    [InlineData("empty")]
    public void Train_DataThatCannotBeUsed_LeavesNoRun(string data)
    {
        Directory.CreateDirectory(workshop.In("empty"));

        Fails(
            ExitCode.Dataset, "train", "--recipe", workshop.Recipe, "--data", workshop.In(data), "--out",
            workshop.Run);

        Assert.False(Directory.Exists(workshop.Run));
    }

    [Fact]
    public void Train_ImagesOfAnotherSize_LeavesNoRunAndSaysHowToPack()
    {
        Fails(ExitCode.Usage, workshop.Train(
            "run", 2, "--set", "model.resolution=64", "--set", "model.generator_widths=null",
            "--set", "model.discriminator_widths=null"));

        Assert.Contains("--size 64", line.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(workshop.Run));
    }

    [Fact]
    public void Train_DryRun_TellsNumbersAndWritesNothing()
    {
        Succeeds(workshop.Train("run", 50, "-n"));

        Assert.False(Directory.Exists(workshop.Run));
        foreach (var word in (string[])["recipe", "data", "model", "time", "memory", "disk"])
            Assert.Contains(word, line.Out, StringComparison.Ordinal);
        Assert.Contains("64 images", line.Out, StringComparison.Ordinal);
    }

    /// <summary>Saves a checkpoint once more, sound but with a generator of nothing but NaN.</summary>
    private static void SpoilWeights(Checkpoint checkpoint)
    {
        const string Spoilt = "generator.safetensors";
        var files = checkpoint.Names.ToDictionary(
            static name => name, name => File.ReadAllBytes(checkpoint.PathOf(name)), StringComparer.Ordinal);
        var header = 8 + (int)BinaryPrimitives.ReadUInt64LittleEndian(files[Spoilt]);
        MemoryMarshal.Cast<byte, float>(files[Spoilt].AsSpan(header)).Fill(float.NaN);
        var folder = Path.GetDirectoryName(checkpoint.Folder)!;
        var store = CheckpointStore.Open(folder, new CheckpointRetention(KeepLast: 2));
        store.Save(
            checkpoint.Step,
            [.. files.Select(static f => new CheckpointPart(f.Key, stream => stream.Write(f.Value)))]);
    }

    private void Succeeds(params string[] args) => Assert.True(line.Run(args) == ExitCode.Ok, line.Error);

    private void Fails(ExitCode expected, params string[] args)
    {
        var code = line.Run(args);
        Assert.True(code == expected, $"exit code {code}: {line.Error}");
    }
}
