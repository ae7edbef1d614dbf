using Atelier.Gan;
using Atelier.Training.Recipes;

namespace Atelier.Training.Loop;

/// <summary>A recipe's regularisers, ready for use; empty where it asks for none.</summary>
public sealed class Regularisation
{
    /// <summary>Builds what the settings ask for.</summary>
    public Regularisation(RegularisationSettings settings)
    {
        var form = settings.Orthogonal.Form;
        Generator = new NetworkRegularisers(Orthogonal(form, settings.Orthogonal.Generator));
        Discriminator = new NetworkRegularisers(Orthogonal(form, settings.Orthogonal.Discriminator));
    }

    /// <summary>Of G's weights.</summary>
    public NetworkRegularisers Generator { get; }

    /// <summary>Of D's weights.</summary>
    public NetworkRegularisers Discriminator { get; }

    private static IReadOnlyList<IWeightRegulariser> Orthogonal(OrthogonalForm form, double strength) =>
        strength > 0 ? [new OrthogonalRegulariser(form, strength)] : [];
}
