using Atelier.Gan.BigGan;
using Atelier.Nn;
using Atelier.Tests;
using Atelier.Torch;

namespace Atelier.Gan.Tests.Regularisers;

public sealed class OrthogonalRegulariserTests : TensorTest
{
    private const double Strength = 0.03;

    private static readonly BigGanOptions Shared = new()
    {
        Resolution = 32, ClassCount = 3, GeneratorChannels = 1, DiscriminatorChannels = 1, LatentSize = 8,
        HasSharedEmbedding = true, SharedEmbeddingSize = 5, HasHierarchicalLatent = true,
    };

    private readonly Generator random = new(Device.Cpu, 3);

    [Theory]
    [InlineData(OrthogonalForm.OffDiagonal)]
    [InlineData(OrthogonalForm.Full)]
    public void Gradient_OfEveryWeight_IsThatOfTheFormula(OrthogonalForm form)
    {
        using var network = new BigGanGenerator(Shared, random);
        Fill(network, 0.25);

        new OrthogonalRegulariser(form, Strength).AddGradients(network);

        foreach (var (name, weight) in network.RegularisedWeights())
        {
            var matrix = weight.Flatten(1);
            var eye = Aten.Eye(matrix.Size(0), DType.Float32);
            var gram = matrix.Matmul(matrix.T());
            var off = form == OrthogonalForm.Full ? gram - eye : gram * (1 - eye);
            var byFormula = Autograd.Grad([off.Square().Sum() * (Strength / 2)], [weight])[0]!;
            var scale = 1 + byFormula.Abs().Max().Item();
            Assert.InRange(MaxDifference(weight.Grad! - 0.25, byFormula) / scale, 0, 1e-5);
        }
    }

    [Fact]
    public void Gradients_OfTheSharedTableGainsAndBiases_StayAsTheyAre()
    {
        using var network = new BigGanGenerator(Shared, random);
        Fill(network, 0.25);

        new OrthogonalRegulariser(OrthogonalForm.OffDiagonal, 100).AddGradients(network);

        var weights = network.RegularisedWeights().Select(w => w.Name).ToHashSet();
        Assert.DoesNotContain("shared.weight", weights);
        Assert.Contains("stem.weight", weights);
        Assert.Contains("blocks.1.norm1.gain.weight", weights);
        foreach (var (name, parameter) in network.NamedParameters().Where(p => !weights.Contains(p.Name)))
            Assert.Equal(0, MaxDifference(parameter.Grad!, Tensor.Full(parameter.Shape, 0.25)));
    }

    [Fact]
    public void Gradient_OfOrthogonalRowsOfAnyLength_IsZeroOnlyOffTheDiagonal()
    {
        using var layer = new Linear(3, 2, null, new(WeightInitialization.Normal, random), hasBias: false);
        var weight = layer.Parameters()[0];
        using (new NoGradScope())
            weight.CopyInPlace(Tensor.FromArray<float>([3, 0, 0, 0, 0.5f, 0], 2, 3));
        Fill(layer, 0);

        new OrthogonalRegulariser(OrthogonalForm.OffDiagonal, 1).AddGradients(layer);
        Assert.Equal(0, weight.Grad!.Abs().Max().Item());

        // 2 (|w|² - 1) w for each row: 2 * 8 * 3 and 2 * -0.75 * 0.5.
        new OrthogonalRegulariser(OrthogonalForm.Full, 1).AddGradients(layer);
        Assert.Equal([48, 0, 0, 0, -0.75f, 0], weight.Grad!.ToArray<float>());
    }

    [Fact]
    public void Weight_WithoutAGradient_GetsNone()
    {
        using var layer = new Linear(3, 2, null, new(WeightInitialization.Normal, random));

        new OrthogonalRegulariser(OrthogonalForm.Full, 1).AddGradients(layer);

        Assert.All(layer.Parameters(), static p => Assert.Null(p.Grad));
    }

    private static void Fill(Module network, double value)
    {
        foreach (var parameter in network.Parameters()) parameter.Grad = Tensor.Full(parameter.Shape, value);
    }
}
