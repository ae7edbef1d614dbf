using Atelier.Gan;
using Atelier.Nn;
using Atelier.Torch;
using Atelier.Training.Recipes;

namespace Atelier.Training.Loop;

/// <summary>A recipe's regularisers, ready for use; empty where it asks for none.</summary>
public sealed class Regularisation : IDisposable
{
    private readonly FollowedWeights? followed;

    /// <summary>Builds what the settings ask for.</summary>
    /// <param name="settings">The recipe's.</param>
    /// <param name="generator">G.</param>
    /// <param name="discriminator">D; it gets its dropout here.</param>
    /// <param name="random">The session's random numbers, for the masks of the dropout.</param>
    public Regularisation(
        RegularisationSettings settings, GeneratorNetwork generator, DiscriminatorNetwork discriminator,
        Generator random)
    {
        var (orthogonal, singular) = (settings.Orthogonal, settings.SingularValues);
        if (singular.Mode != SingularValueMode.None) followed = new FollowedWeights(generator);
        Generator = new NetworkRegularisers(
            generator,
            [
                .. Orthogonal(orthogonal.Form, orthogonal.Generator),
                .. singular.Mode == SingularValueMode.Penalty
                    ? new SingularValuePenalty[] { new(followed!, singular.Target, singular.Strength) }
                    : [],
            ],
            singular.Mode == SingularValueMode.Clamp
                ? [new SingularValueClamp(followed!, singular.Target)]
                : []);
        Discriminator = new NetworkRegularisers(
            discriminator, Orthogonal(orthogonal.Form, orthogonal.Discriminator), []);
        OnReals = settings.R1.Gamma > 0 ? [new R1Penalty(settings.R1.Gamma, settings.R1.Interval)] : [];
        if (settings.DropoutKeep < 1)
            discriminator.FeatureDropout = new Dropout(settings.DropoutKeep, random);
    }

    /// <summary>Of G's weights.</summary>
    public NetworkRegularisers Generator { get; }

    /// <summary>Of D's weights.</summary>
    public NetworkRegularisers Discriminator { get; }

    /// <summary>Of D's judgement of real images.</summary>
    public IReadOnlyList<IRealImagePenalty> OnReals { get; }

    /// <summary>What a checkpoint has to keep; empty where no regulariser remembers anything.</summary>
    public IReadOnlyList<NamedTensor> State() => followed?.State() ?? [];

    /// <summary>Puts back what <see cref="State"/> gave.</summary>
    /// <exception cref="AtelierException">It is of another network.</exception>
    public void LoadState(IReadOnlyDictionary<string, Tensor> source)
    {
        StateMatch.Of(State(), source).ThrowIfAny();
        using var scope = new TensorScope();
        foreach (var (name, tensor) in State()) tensor.CopyInPlace(source[name]);
    }

    /// <inheritdoc/>
    public void Dispose() => followed?.Dispose();

    private static IReadOnlyList<IWeightRegulariser> Orthogonal(OrthogonalForm form, double strength) =>
        strength > 0 ? [new OrthogonalRegulariser(form, strength)] : [];
}
