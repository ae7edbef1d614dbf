using System.Globalization;
using Atelier.Gan.BigGan;
using Atelier.Nn;
using Atelier.Torch;

namespace Atelier.Bench;

/// <summary>
/// The parts of a training step beside its layers, before and after they were joined: optimiser and average
/// over all tensors, spectral norm over all layers. In turn in one process.
/// </summary>
internal static class StepPartSpeed
{
    private const int Rounds = 9;
    private const int Tensors = 16;
    private const int Elements = 1 << 20;
    private const int Channels = 64;

    /// <summary>Prints a line a part: milliseconds of wall time before and after, and the ratio.</summary>
    public static void Print()
    {
        Console.WriteLine($"{"part",-44}{"before ms",11}{"after ms",11}{"ratio",9}");
        Optimisers();
        var options = new BigGanOptions { GeneratorChannels = Channels, DiscriminatorChannels = Channels };
        using var random = new Generator(Device.Cpu, 1);
        using (var generator = new BigGanGenerator(options, random)) SpectralNorms("G", generator);
        using (var discriminator = new BigGanDiscriminator(options, random))
            SpectralNorms("D", discriminator);
    }

    private static void Optimisers()
    {
        using var scope = new TensorScope();
        using var random = new Generator(Device.Cpu, 1);
        using var module = new Weights(random);
        using var other = new Weights(random);
        using var optimizer = new Adam(module.NamedParameters(), new AdamOptions(1e-4));
        foreach (var parameter in module.Parameters()) parameter.Grad = Tensor.Randn(parameter.Shape, random);
        Compare($"Adam, {Tensors} tensors of 2^20 floats", optimizer.Step);
        using var average = new ExponentialMovingAverage(module, other);
        Compare("moving average, the same", () => average.Update(0.99));
    }

    private static void SpectralNorms(string name, Module network)
    {
        var weights = network.NamedParameters().ToDictionary(static p => p.Name, static p => p.Tensor);
        var layers = network.Modules().Where(static m => m.Module is SpectralNorm)
            .Select(m => (
                (SpectralNorm)m.Module, weights[m.Path[..(m.Path.LastIndexOf('.') + 1)] + "weight"]))
            .ToArray();
        void Pass()
        {
            using var scope = new TensorScope();
            foreach (var (norm, weight) in layers)
            {
                var divided = norm.Normalize(weight);
                Autograd.Grad([divided], [weight], [divided]);
            }
        }

        // A group takes the iterations over while it lives, so every turn makes one anew.
        PowerIterationGroup? group = null;
        var times = Turns.Milliseconds(
            Rounds, Pass,
            () =>
            {
                group = new PowerIterationGroup(network);
                Pass();
            },
            () =>
            {
                Pass();
                group!.Dispose();
            });
        Line($"spectral norm of {name}, {layers.Length} layers, iterating", times[0], times[1]);
        Line($"a second pass of {name}, nothing changed", times[0], times[2]);
    }

    private static void Compare(string name, Action work)
    {
        var times = Turns.Milliseconds(Rounds, Turns.ByDefinition(work), work);
        Line(name, times[0], times[1]);
    }

    private static void Line(string name, double before, double after) =>
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{name,-44}{before,11:F1}{after,11:F1}{before / after,9:F2}"));

    /// <summary>Parameters and nothing else.</summary>
    private sealed class Weights : Module
    {
        public Weights(Generator random)
        {
            using var scope = new TensorScope();
            for (var k = 0; k < Tensors; k++)
                Parameter(
                    "weight" + k.ToString(CultureInfo.InvariantCulture), Tensor.Randn([Elements], random));
        }
    }
}
