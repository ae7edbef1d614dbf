namespace Atelier.Cli.Work;

/// <summary>The JSON document of <c>atelier score</c>.</summary>
/// <param name="Model">The model file.</param>
/// <param name="Count">How many images were judged.</param>
/// <param name="Raw">The file with the logits, where one was written.</param>
/// <param name="Mean">The mean logit of ranked images.</param>
/// <param name="RealShare">The share of ranked images with a positive logit.</param>
/// <param name="Images">Ranked images, the most real first.</param>
internal sealed record ScoreReport(
    string Model, int Count, string? Raw, double? Mean, double? RealShare,
    IReadOnlyList<ScoredImage>? Images);

/// <summary>One image and how real it looks.</summary>
/// <param name="Rank">From 1.</param>
/// <param name="Image">Its file, relative to the folder, or its place in the dataset.</param>
/// <param name="Class">Its class.</param>
/// <param name="Logit">Positive means real.</param>
internal sealed record ScoredImage(int Rank, string Image, string Class, double Logit);
