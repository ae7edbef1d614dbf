using System.Diagnostics;
using Atelier.Tests;

namespace Atelier.Training.Tests.Loop;

/// <summary>On a small file system of its own, which only root can mount.</summary>
public sealed class FullDiskTests : TensorTest
{
    [Fact]
    public void Run_DiskFullForAWhile_GoesOnAndSavesAgain()
    {
        using var disk = SmallDisk.Mount();
        using var run = new TinyRun(disk.Path);
        var observer = new ScriptedObserver(step =>
        {
            if (step == 8) disk.Fill();
            if (step == 22) disk.Free();
        });
        using var loop = run.Loop(observer, ["training.steps=30", "snapshots.samples_every_steps=null"]);

        var outcome = loop.Run();

        Assert.Equal(30, outcome.Step);
        Assert.Equal([7, 28, 30], observer.Saved);
        Assert.Contains(
            observer.Warnings, static w => w.Contains("failure 1 of 3", StringComparison.Ordinal));
        Assert.Contains(
            observer.Warnings,
            static w => w.Contains("the checkpoint of step 7 is intact", StringComparison.Ordinal));
        Assert.Equal(30, run.Checkpoints.LoadLatest(strict: true)!.Step);
    }

    [Fact]
    public void Run_DiskStaysFull_EndsAfterThreeSavesAndLeavesTheLastGoodOne()
    {
        using var disk = SmallDisk.Mount();
        using var run = new TinyRun(disk.Path);
        var reached = 0L;
        var observer = new ScriptedObserver(step =>
        {
            reached = step;
            if (step == 8) disk.Fill();
        });
        using var loop = run.Loop(observer, ["training.steps=60", "snapshots.samples_every_steps=null"]);

        var failure = Assert.Throws<AtelierException>(() => { loop.Run(); });

        Assert.Equal(FailureKind.Disk, failure.Kind);
        Assert.Contains("3 saves in a row failed", failure.Message, StringComparison.Ordinal);
        Assert.Equal(28, reached);
        Assert.Equal(7, run.Checkpoints.LoadLatest(strict: true)!.Step);
        Assert.Equal(
            ["LATEST", "step-00000007"],
            Directory.EnumerateFileSystemEntries(run.Folder.CheckpointsFolder)
                .Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Run_LastSaveFails_IsAFailureAndNoSuccess()
    {
        using var disk = SmallDisk.Mount();
        using var run = new TinyRun(disk.Path);
        var observer = new ScriptedObserver(step =>
        {
            if (step == 8) disk.Fill();
        });
        using var loop = run.Loop(observer, ["training.steps=10", "snapshots.samples_every_steps=null"]);

        var failure = Assert.Throws<AtelierException>(() => { loop.Run(); });

        Assert.Equal(FailureKind.Disk, failure.Kind);
        Assert.Equal(7, run.Checkpoints.LoadLatest(strict: true)!.Step);
    }

    private sealed class SmallDisk : IDisposable
    {
        private readonly TemporaryFolder place = new();

        public string Path => place.Path;

        private string Filler => place.In("filler");

        public static SmallDisk Mount()
        {
            var disk = new SmallDisk();
            if (Call("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", disk.Path) == 0) return disk;
            disk.place.Dispose();
            Assert.Skip("a tmpfs cannot be mounted here (it takes root), so the full disk is not tested");
            return disk;
        }

        public void Fill()
        {
            try
            {
                using var file = new FileStream(Filler, FileMode.Create, FileAccess.Write, FileShare.None, 0);
                while (true) file.Write(new byte[4096]);
            }
            catch (IOException)
            {
                // Full, as wanted.
            }
        }

        public void Free() => File.Delete(Filler);

        public void Dispose()
        {
            // Lazily: the mapped dataset may still be open.
            Call("umount", "-l", Path);
            place.Dispose();
        }

        private static int Call(string program, params string[] arguments)
        {
            try
            {
                var start = new ProcessStartInfo(program, arguments)
                {
                    RedirectStandardError = true,
                    UseShellExecute = false,
                };
                using var process = Process.Start(start)!;
                process.StandardError.ReadToEnd();
                process.WaitForExit();
                return process.ExitCode;
            }
            catch (System.ComponentModel.Win32Exception)
            {
                return -1;
            }
        }
    }
}
