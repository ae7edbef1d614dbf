using Atelier.Gan;

namespace Atelier.Training.Recipes;

/// <summary>
/// The words that recipes use for enum values: lower case, and the field's short names for formats.
/// </summary>
internal static class RecipeWords
{
    public static string[] Of<T>(params T[] without)
        where T : struct, Enum => Enum.GetValues<T>().Except(without).Select(Word).ToArray();

    public static T Parse<T>(string word)
        where T : struct, Enum => Enum.GetValues<T>().Single(value => Word(value) == word);

    public static string Word<T>(T value)
        where T : struct, Enum => value switch
        {
            TrainingPrecision.Float32 => "fp32",
            TrainingPrecision.BFloat16 => "bf16",
            TrainingPrecision.Float16 => "fp16",
            OrthogonalForm.OffDiagonal => "off_diagonal",
            _ => value.ToString().ToLowerInvariant(),
        };
}
