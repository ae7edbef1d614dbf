using Atelier.Gan;

namespace Atelier.Training.Recipes;

/// <summary>Conditioning of the generator's weights (BigGAN paper, section 4.1).</summary>
/// <param name="Mode">What is done.</param>
/// <param name="Strength">Of the penalty.</param>
/// <param name="Target">Where the largest singular value should be.</param>
public sealed record SingularValueSettings(
    SingularValueMode Mode, double Strength, SingularValueTarget Target);
