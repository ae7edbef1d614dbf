using Atelier.Cli.Application;
using Atelier.Cli.Failures;
using Atelier.Cli.Output;
using Atelier.Cli.Tests.Support;
using Atelier.Training.Signals;

namespace Atelier.Cli.Tests;

public sealed class FailureTests
{
    public static TheoryData<FailureKind, int> Codes => new()
    {
        { FailureKind.Other, 1 }, { FailureKind.Usage, 2 }, { FailureKind.Preflight, 3 },
            { FailureKind.Dataset, 4 },
        { FailureKind.Checkpoint, 5 }, { FailureKind.Numeric, 6 }, { FailureKind.OutOfMemory, 7 },
        { FailureKind.Disk, 8 }, { FailureKind.PeerLost, 9 }, { FailureKind.MetricGate, 10 },
            { FailureKind.Bug, 70 },
    };

    [Theory]
    [MemberData(nameof(Codes))]
    public void Kind_OfEachFailure_HasItsPublishedCode(FailureKind kind, int code) =>
        Assert.Equal(code, (int)Failure.Of(new AtelierException(kind, "x"), signal: null).Code);

    [Fact]
    public void Codes_OfTheTest_NameEveryKind() =>
        Assert.Equal(Enum.GetValues<FailureKind>().Length, Codes.Count);

    [Fact]
    public void FullDisk_AsTheRuntimeReportsIt_IsEight() =>
        Assert.Equal(ExitCode.Disk, Failure.Of(new IOException("No space left on device", 0x1C), null).Code);

    [Fact]
    public void OutOfMemory_OfTheRuntime_IsSeven() =>
        Assert.Equal(ExitCode.OutOfMemory, Failure.Of(new InsufficientMemoryException(), null).Code);

    [Fact]
    public void Cause_InsideATypeInitializer_IsWhatTheUserReads()
    {
        var inner = new AtelierException(FailureKind.Preflight, "libtorch is missing.");

        var failure = Failure.Of(new TypeInitializationException("T", inner), null);

        Assert.Equal((ExitCode.Preflight, "libtorch is missing."), (failure.Code, failure.Message));
    }

    [Theory]
    [InlineData(StopReason.Interrupt, 130)]
    [InlineData(StopReason.Terminate, 143)]
    public void Cancellation_AfterASignal_HasTheSignalsCode(StopReason reason, int code) =>
        Assert.Equal(code, (int)Failure.Of(new OperationCanceledException(), reason).Code);

    [Fact]
    public void Bug_OfAtelier_WritesAReportAndNoStackTraceOnScreen()
    {
        using var folder = new TemporaryFolder();
        using var results = new ThrowingWriter(new FormatException("odd"));
        using var log = new StringWriter();
        using var signals = new StopSignal(static _ => { });
        Func<string, string?> environment = name => name == "XDG_STATE_HOME" ? folder.Path : null;

        var code = AtelierProgram.Run(["--version"], new CliServices
        {
            Output = new TextOutput(results, log, TerminalTraits.Plain, json: false),
            Home = new AtelierHome(environment, folder.Path),
            Signals = signals,
            Environment = environment,
        });

        var report = Assert.Single(Directory.GetFiles(Path.Combine(folder.Path, "atelier"), "crash-*.txt"));
        Assert.Equal(ExitCode.Bug, code);
        Assert.Contains(report, log.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", log.ToString(), StringComparison.Ordinal);
        Assert.Contains("   at ", File.ReadAllText(report), StringComparison.Ordinal);
    }

    [Fact]
    public void Stdout_OnAFullDisk_IsEight()
    {
        using var folder = new TemporaryFolder();
        using var results = new ThrowingWriter(new IOException("No space left on device", 0x1C));
        using var log = new StringWriter();
        using var signals = new StopSignal(static _ => { });

        var code = AtelierProgram.Run(["--version"], new CliServices
        {
            Output = new TextOutput(results, log, TerminalTraits.Plain, json: false),
            Home = new AtelierHome(_ => null, folder.Path),
            Signals = signals,
            Environment = _ => null,
        });

        Assert.Equal(ExitCode.Disk, code);
    }

    private sealed class ThrowingWriter(Exception exception) : StringWriter
    {
        public override void WriteLine(string? value) => throw exception;

        public override void Write(string? value) => throw exception;
    }
}
