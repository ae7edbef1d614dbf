using System.Text;
using Atelier.Data.Decoding;
using Atelier.Data.Resizing;
using Atelier.Text;

namespace Atelier.Data;

/// <summary>
/// A part of another source. Which images are drawn depends on the seed and on their own names only, so that
/// a new image in one class changes nothing in another.
/// </summary>
public sealed class SelectedSource : ImageSource
{
    private const string Training = "train";
    private const string HeldOut = "val";

    private readonly ImageSource whole;
    private readonly List<int> indices = [];
    private readonly List<SourceSplit> splits = [];
    private readonly int[] newLabels;

    /// <summary>Chooses the images; the whole source is disposed with this one.</summary>
    /// <exception cref="AtelierException">Kind Usage: a class that there is not, nothing to hold out from, or
    /// a class too small for it.</exception>
    public SelectedSource(ImageSource whole, SourceSelection selection)
    {
        ArgumentNullException.ThrowIfNull(whole);
        ArgumentNullException.ThrowIfNull(selection);
        this.whole = whole;
        (ClassNames, newLabels) = Relabel(selection.Classes ?? whole.ClassNames);
        if (selection.HoldOut is not null)
            CheckHoldOut();
        var held = new List<int>();
        foreach (var split in whole.Splits)
        {
            var start = indices.Count;
            foreach (var group in ByClass(split))
            {
                var most = Math.Min(group.Count, selection.MaxPerClass ?? group.Count);
                var drawn = Draw(group, most, selection);
                if (split.Name == Training && selection.HoldOut is { } share)
                {
                    var kept = Draw(drawn, drawn.Count - HeldOutOf(drawn, share), selection with
                    {
                        Seed = ~selection.Seed,
                    });
                    held.AddRange(drawn.Except(kept));
                    drawn = kept;
                }

                indices.AddRange(drawn);
            }

            splits.Add(new SourceSplit(split.Name, start, indices.Count - start));
        }

        if (held.Count > 0)
            splits.Add(new SourceSplit(HeldOut, indices.Count, held.Count));
        indices.AddRange(held);
    }

    /// <inheritdoc/>
    public override string Description => whole.Description;

    /// <inheritdoc/>
    public override IReadOnlyList<string> ClassNames { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<SourceSplit> Splits => splits;

    /// <inheritdoc/>
    public override IReadOnlyList<Offender> StructuralOffenders => whole.StructuralOffenders;

    /// <inheritdoc/>
    public override int IgnoredFiles => whole.IgnoredFiles;

    /// <inheritdoc/>
    public override ResizeFit FitFor(int size) => whole.FitFor(size);

    /// <inheritdoc/>
    public override string NameOf(int index) => whole.NameOf(indices[index]);

    /// <inheritdoc/>
    public override int LabelOf(int index) => newLabels[whole.LabelOf(indices[index])];

    /// <inheritdoc/>
    public override SourceStamp? StampOf(int index) => whole.StampOf(indices[index]);

    /// <inheritdoc/>
    public override ImageHeader ReadHeader(int index) => whole.ReadHeader(indices[index]);

    /// <inheritdoc/>
    public override RasterImage Decode(int index) => whole.Decode(indices[index]);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            whole.Dispose();
        base.Dispose(disposing);
    }

    private (IReadOnlyList<string> Names, int[] Labels) Relabel(IReadOnlyList<string> names)
    {
        var labels = new int[whole.ClassNames.Count];
        Array.Fill(labels, -1);
        for (var label = 0; label < names.Count; label++)
        {
            var old = whole.ClassNames.ToList().IndexOf(names[label]);
            if (old < 0)
            {
                throw new AtelierException(FailureKind.Usage, $"--classes: {whole.Description} has no class "
                    + $"'{names[label]}'.{Suggestion.DidYouMean(names[label], [.. whole.ClassNames])}");
            }

            if (labels[old] >= 0)
                throw new AtelierException(FailureKind.Usage, $"--classes names '{names[label]}' twice.");
            labels[old] = label;
        }

        return (names, labels);
    }

    /// <summary>The images of a split that are taken, class by class in the order of the labels.</summary>
    private IEnumerable<List<int>> ByClass(SourceSplit split)
    {
        var groups = new List<int>[ClassNames.Count];
        for (var index = split.Start; index < split.Start + split.Count; index++)
        {
            if (newLabels[whole.LabelOf(index)] is >= 0 and var label)
                (groups[label] ??= []).Add(index);
        }

        return groups.Where(group => group is not null);
    }

    /// <summary>Draws so many images; they stay in the order of the source.</summary>
    private List<int> Draw(List<int> group, int count, SourceSelection selection)
    {
        if (count == group.Count)
            return group;
        return [.. group.OrderBy(index => Ticket(index, selection.Seed)).ThenBy(index => index).Take(count)
            .Order()];
    }

    private ulong Ticket(int index, long seed)
    {
        var ticket = SplitMix.Mix((ulong)seed);
        foreach (var value in Encoding.UTF8.GetBytes(whole.NameOf(index)))
            ticket = SplitMix.Mix(ticket + value + 1);
        return ticket;
    }

    private int HeldOutOf(List<int> group, double share)
    {
        if (group.Count >= 2)
            return Math.Clamp((int)Math.Round(share * group.Count), 1, group.Count - 1);
        throw new AtelierException(FailureKind.Usage, $"--hold-out: class "
            + $"'{whole.ClassNames[whole.LabelOf(group[0])]}' of {whole.Description} has one image, and a "
            + "class needs two to be in both parts. Leave it out with --classes, or give it another image.");
    }

    private void CheckHoldOut()
    {
        if (whole.Splits.Any(split => split.Name == HeldOut))
        {
            throw new AtelierException(FailureKind.Usage,
                $"--hold-out: {whole.Description} has a split '{HeldOut}' already.");
        }

        if (whole.Splits.All(split => split.Name != Training))
        {
            throw new AtelierException(FailureKind.Usage,
                $"--hold-out: {whole.Description} has no split '{Training}' to take images from.");
        }
    }
}
