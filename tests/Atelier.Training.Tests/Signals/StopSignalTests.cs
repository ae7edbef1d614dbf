using System.Runtime.InteropServices;
using Atelier.Training.Signals;

namespace Atelier.Training.Tests.Signals;

public sealed partial class StopSignalTests
{
    [Theory]
    [InlineData(StopReason.Terminate, false, 143)]
    [InlineData(StopReason.Interrupt, false, 130)]
    [InlineData(StopReason.Terminate, true, 75)]
    [InlineData(StopReason.Interrupt, true, 75)]
    public void ExitCodeAfterSave_FollowsSignalAndRequeue(StopReason reason, bool requeue, int expected) =>
        Assert.Equal(expected, reason.ExitCodeAfterSave(requeue));

    [Fact]
    public void Receive_First_AsksToStopAndNoMore()
    {
        var exits = new List<int>();
        using var request = new StopSignal(exits.Add);
        Assert.Null(request.Requested);

        request.Receive(StopReason.Terminate);

        Assert.Equal(StopReason.Terminate, request.Requested);
        Assert.True(request.Token.IsCancellationRequested);
        Assert.Empty(exits);
    }

    [Theory]
    [InlineData(StopReason.Interrupt, 130)]
    [InlineData(StopReason.Terminate, 143)]
    public void Receive_Second_ExitsAtOnceWithItsOwnCode(StopReason second, int expected)
    {
        var exits = new List<int>();
        using var request = new StopSignal(exits.Add);

        request.Receive(StopReason.Terminate);
        request.Receive(second);

        Assert.Equal([expected], exits);
        Assert.Equal(StopReason.Terminate, request.Requested);
    }

    [Fact]
    public void Signal_SentToTheProcess_SetsTheFlag()
    {
        // SIGTERM only: the test runner listens for SIGINT too and would stop.
        const int Sigterm = 15;
        using var signal = new StopSignal();
        signal.Listen();

        Assert.Equal(0, Kill(Environment.ProcessId, Sigterm));

        Assert.True(SpinWait.SpinUntil(() => signal.Requested is not null, TimeSpan.FromSeconds(10)));
        Assert.Equal(StopReason.Terminate, signal.Requested);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int pid, int signal);
}
