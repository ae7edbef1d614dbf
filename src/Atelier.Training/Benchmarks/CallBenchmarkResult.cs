namespace Atelier.Training.Benchmarks;

/// <summary>Nanoseconds of processor time of one operator call, medians over rounds.</summary>
/// <param name="Calls">Calls of a round.</param>
/// <param name="Rounds">Timed rounds of each kind.</param>
/// <param name="CsharpNs">From C#.</param>
/// <param name="CppNs">From C++ through libtorch's own functions.</param>
/// <param name="CppBoxedNs">From C++ through the dispatcher's stack, as calls from C# go.</param>
/// <param name="Ratio">C# over C++.</param>
/// <param name="RatioBoxed">C# over C++ boxed.</param>
public sealed record CallBenchmarkResult(
    int Calls, int Rounds, double CsharpNs, double CppNs, double CppBoxedNs, double Ratio, double RatioBoxed);
