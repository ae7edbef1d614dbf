namespace Atelier.Gan;

/// <summary>
/// Where a weight's largest singular value should be: at a number, or at a multiple of the second one, which
/// is taken as a constant (BigGAN paper, section 4.1).
/// </summary>
/// <param name="Value">sigma_reg, or null.</param>
/// <param name="Ratio">r, at least 1, where there is no number.</param>
public sealed record SingularValueTarget(double? Value, double? Ratio)
{
    /// <summary>The target; null where it is a multiple and the weight has no second value.</summary>
    public double? Of(double? second) => Value ?? Ratio * second;
}
