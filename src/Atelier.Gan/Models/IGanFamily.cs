using Atelier.Torch;

namespace Atelier.Gan;

/// <summary>An architecture by name: how its options are read and its two networks are built.</summary>
public interface IGanFamily
{
    /// <summary>The name in recipes and model files.</summary>
    string Name { get; }

    /// <summary>The options, as this family writes them, of what a recipe asks for.</summary>
    /// <exception cref="AtelierException">A value is out of range, or the family has no such
    /// thing.</exception>
    string OptionsJson(ArchitectureRequest request);

    /// <summary>Builds a generator with fresh weights.</summary>
    /// <param name="optionsJson">The options as this family writes them.</param>
    /// <param name="random">Where the weights come from.</param>
    /// <exception cref="AtelierException">The options are not this family's, or contradict each
    /// other.</exception>
    GeneratorNetwork CreateGenerator(string optionsJson, Generator random);

    /// <summary>Builds a discriminator with fresh weights.</summary>
    /// <param name="optionsJson">The options as this family writes them.</param>
    /// <param name="random">Where the weights come from.</param>
    /// <exception cref="AtelierException">The options are not this family's, or contradict each
    /// other.</exception>
    DiscriminatorNetwork CreateDiscriminator(string optionsJson, Generator random);
}
