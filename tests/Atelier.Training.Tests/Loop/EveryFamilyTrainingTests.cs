using Atelier.Gan;
using Atelier.Nn;
using Atelier.Tests;
using Atelier.Torch;
using Atelier.Training.Loop;

namespace Atelier.Training.Tests.Loop;

/// <summary>Every architecture of the catalogue trains from a recipe, with classes and without.</summary>
public sealed class EveryFamilyTrainingTests : TensorTest
{
    public static TheoryData<string, bool> Families
    {
        get
        {
            var data = new TheoryData<string, bool>();
            foreach (var family in FamilyCatalogue.Names)
                foreach (var conditional in new[] { true, false })
                    data.Add(family, conditional);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void TwoSteps_OfARecipe_MoveBothNetworksAndStayFinite(string family, bool conditional)
    {
        var recipe = TinyRun.RecipeOf(
            $"model.family={family}", $"model.conditional={(conditional ? "true" : "false")}",
            "model.generator_widths=null", "model.discriminator_widths=null",
            $"model.spectral_norm.generator={(family == "sngan" ? "false" : "true")}").Recipe;
        using var session = new GanSession(
            GanBlueprint.Of(recipe.Model, 1, 32, 3), recipe.Training, Precision.Float32);
        var before = Weights(session);
        var random = new Generator(Device.Cpu, 9);
        var step = new TrainStep(session, new HingeLoss(), () => new RealBatch(
            Tensor.Randn([4, 1, 32, 32], random), Tensor.FromArray<long>([0, 1, 2, 2], 4)));

        var results = new[] { step.Run(), step.Run() };

        Assert.All(results, result => Assert.True(
            double.IsFinite(result.LossDiscriminator) && double.IsFinite(result.LossGenerator)));
        Assert.Equal(conditional ? 3 : 1, session.Generator.ClassCount);
        var moved = Weights(session).Zip(before).Count(pair => MaxDifference(pair.First, pair.Second) > 0);
        // D's last bias stays while the hinge's two halves pull it equally.
        Assert.InRange(moved, before.Count - 1, before.Count);
    }

    private static List<Tensor> Weights(GanSession session) =>
        [.. session.Generator.NamedParameters().Concat(session.Discriminator.NamedParameters())
            .Select(static p => p.Tensor.Detach().Clone())];
}
