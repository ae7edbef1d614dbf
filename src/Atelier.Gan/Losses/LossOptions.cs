namespace Atelier.Gan;

/// <summary>The numbers that a loss may have.</summary>
/// <param name="Margin">Of the hinge loss: how far a logit must be on its side to cost nothing.</param>
public sealed record LossOptions(double Margin = 1);
