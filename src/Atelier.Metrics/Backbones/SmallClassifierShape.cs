using System.Globalization;

namespace Atelier.Metrics;

/// <summary>The sizes of a classifier of Atelier's own.</summary>
/// <param name="Channels">Channels of the images, 1 to 4.</param>
/// <param name="Size">Height and width of the images, 8 to 512 pixels.</param>
/// <param name="ClassCount">K, 2 to 10,000.</param>
/// <param name="Blocks">
/// Widths of the convolutions, such as <c>32|64|128,128</c>: a comma parts convolutions, a bar parts blocks
/// and halves the picture; the first block of <see cref="ClassifierDesign.Whitened"/> halves it too. 1 to 16
/// convolutions of 1 to 1,024 channels; the last width is the number of features.
/// </param>
public sealed record SmallClassifierShape(int Channels, int Size, int ClassCount, string Blocks)
{
    /// <summary>Enough for 28 to 32 pixel pictures of about ten classes: under 1 MB, tuned on
    /// Fashion-MNIST.</summary>
    public const string DefaultBlocks = "32|64|128,128";

    /// <summary>For 32 pixel photographs of about ten classes, with
    /// <see cref="ClassifierDesign.Whitened"/>.</summary>
    public const string WhitenedBlocks = "64,64|192,192|256,256";

    private const int MostConvolutions = 16;
    private const int WidestConvolution = 1024;

    /// <summary>How it is built; the widths mean a little different things to each design.</summary>
    public ClassifierDesign Design { get; init; }

    /// <summary>In a sentence.</summary>
    internal string Describe() =>
        $"{Design.ToString().ToLowerInvariant()}, '{Blocks}', for {Channels} x {Size} x {Size}";

    /// <summary>The widths that a design has when none are named.</summary>
    public static string BlocksOf(ClassifierDesign design) =>
        design == ClassifierDesign.Whitened ? WhitenedBlocks : DefaultBlocks;

    /// <summary>Parses the widths, and checks every number: they may come from a file.</summary>
    /// <returns>The widths, block by block.</returns>
    /// <exception cref="AtelierException">A number is out of its range (Usage).</exception>
    public int[][] Validate()
    {
        Require(Channels is >= 1 and <= 4, $"{Channels} channels (1 to 4)");
        Require(Size is >= 8 and <= 512, $"a size of {Size} pixels (8 to 512)");
        Require(ClassCount is >= 2 and <= 10_000, $"{ClassCount} classes (2 to 10,000)");
        var widths =
            Blocks.Split('|').Select(block => block.Split(',').Select(ParseWidth).ToArray()).ToArray();
        Require(
            widths.Sum(block => block.Length) <= MostConvolutions, $"'{Blocks}' (at most 16 convolutions)");
        var halvings = Design == ClassifierDesign.Whitened ? widths.Length : widths.Length - 1;
        Require(Size >> halvings >= 2, $"'{Blocks}', which halves {Size} pixels {halvings} times");
        return widths;
    }

    private int ParseWidth(string text)
    {
        Require(
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var width)
            && width is >= 1 and <= WidestConvolution,
            $"'{Blocks}' (whole numbers from 1 to 1,024, such as {DefaultBlocks})");
        return width;
    }

    private static void Require(bool holds, string what)
    {
        if (!holds) throw new AtelierException(FailureKind.Usage, $"A small classifier cannot have {what}.");
    }
}
