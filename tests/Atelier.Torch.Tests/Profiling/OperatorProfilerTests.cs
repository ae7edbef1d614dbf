using System.Text.Json;
using Atelier.Tests;

namespace Atelier.Torch.Tests.Profiling;

public sealed class OperatorProfilerTests : TensorTest
{
    [Fact]
    public void Profiler_OverAConvolutionAndItsGradient_HoldsBothNestedWithShapes()
    {
        var input = Tensor.Ones([2, 3, 8, 6]);
        var weight = Tensor.Ones([4, 3, 3, 3]);
        weight.RequiresGrad = true;
        using var profiler = new OperatorProfiler();

        Autograd.Backward(Aten.Conv2d(input, weight, null, [1, 1], [1, 1]).Sum());
        var events = profiler.Stop();

        var convolution = Assert.Single(events, static e => e.Name == "aten::conv2d");
        Assert.Equal("[2,3,8,6] [4,3,3,3]", convolution.Shapes);
        Assert.Equal(profiler.Thread, convolution.Thread);
        Assert.Contains(events, static e => e.Name == "aten::convolution_backward");
        Assert.Equal(0, profiler.Dropped);
        TraceNesting.AssertNested(events);
    }

    [Fact]
    public void Profiler_AfterItWasStopped_RecordsNothingMore()
    {
        var tensor = Tensor.Ones([3]);
        using (new OperatorProfiler()) _ = tensor + tensor;
        using var second = new OperatorProfiler(withShapes: false);

        _ = tensor * tensor;
        var events = second.Stop();

        Assert.DoesNotContain(events, static e => e.Name == "aten::add");
        Assert.Equal("", Assert.Single(events, static e => e.Name == "aten::mul").Shapes);
        Assert.Throws<ObjectDisposedException>(second.Stop);
    }

    [Fact]
    public void Profiler_WhileAnotherIsOpen_IsRefused()
    {
        using var first = new OperatorProfiler();

        var error = Assert.Throws<TorchException>(static () => new OperatorProfiler());

        Assert.Contains("running already", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void NativeCalls_OfSoManyAdditions_MakeThem(bool boxed)
    {
        var (left, right) = (Tensor.Ones([4, 4]), Tensor.Ones([4, 4]));
        using var profiler = new OperatorProfiler();

        NativeCalls.Add(left, right, 7, boxed);

        Assert.Equal(7, profiler.Stop().Count(static e => e is { Name: "aten::add", Shapes: "[4,4] [4,4]" }));
    }

    [Fact]
    public void ChromeTrace_OfEventsInAnyOrder_HasThemInMicrosecondsFromTheFirst()
    {
        var path = Path.Combine(Folder, "trace.json");

        ChromeTrace.Write(path, "a \"test\"",
        [
            new TraceEvent("inner", "operator", 5_000_500, 1_250, 42, "[2]"),
            new TraceEvent("later", "operator", 5_009_000, 0, 7),
            new TraceEvent("outer", "phase", 5_000_500, 4_000, 42),
        ]);

        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        var events = document.RootElement.GetProperty("traceEvents").EnumerateArray().ToList();
        Assert.Equal(
            ["process_name", "outer", "inner", "later"],
            events.Select(static e => e.GetProperty("name").GetString()));
        Assert.Equal("a \"test\"", events[0].GetProperty("args").GetProperty("name").GetString());
        Assert.All(events.Skip(1), static e => Assert.Equal("X", e.GetProperty("ph").GetString()));
        Assert.Equal([0, 0, 8.5], events.Skip(1).Select(static e => e.GetProperty("ts").GetDouble()));
        Assert.Equal([4, 1.25, 0], events.Skip(1).Select(static e => e.GetProperty("dur").GetDouble()));
        Assert.Equal([42, 42, 7], events.Skip(1).Select(static e => e.GetProperty("tid").GetInt32()));
        Assert.Equal("[2]", events[2].GetProperty("args").GetProperty("shapes").GetString());
    }
}
