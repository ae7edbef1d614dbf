using Atelier.Metrics;

namespace Atelier.Cli.Commands;

/// <summary>What a user asked of <c>atelier eval</c>.</summary>
internal sealed record EvalRequest
{
    /// <summary>A model, a run's folder, a packed dataset or a folder of images.</summary>
    public required string Target { get; init; }

    /// <summary>The real images: a packed dataset or a folder of images.</summary>
    public required string Data { get; init; }

    /// <summary>Names of metrics, in the order in which they are shown.</summary>
    public required IReadOnlyList<string> Metrics { get; init; }

    /// <summary>Their parameters.</summary>
    public required MetricOptions Options { get; init; }

    /// <summary>Leave metrics out that cannot be computed here, with a warning.</summary>
    public required bool LeavesOutUnfit { get; init; }

    /// <summary>How many images to score.</summary>
    public required int Count { get; init; }

    /// <summary>The largest |z|; null for no truncation.</summary>
    public double? Truncation { get; init; }

    /// <summary>A backbone's file, or null for the shipped one that fits.</summary>
    public string? Backbone { get; init; }

    /// <summary>The split of the real images, or null for the training images.</summary>
    public string? Reference { get; init; }

    /// <summary>How images come to the backbone's size, or null for the usual way.</summary>
    public ImageResizing? Resizing { get; init; }

    /// <summary>Run the backbone in bfloat16.</summary>
    public bool BFloat16 { get; init; }

    /// <summary>The seed of the samples.</summary>
    public required long Seed { get; init; }

    /// <summary>The side of pictures out of folders, or null for the model's or the dataset's.</summary>
    public ImageSize? Size { get; init; }

    /// <summary>Images that are computed at once, or null for the usual number.</summary>
    public int? Batch { get; init; }

    /// <summary>Keep features of real images and packed folders, and use kept ones.</summary>
    public bool UsesCache { get; init; } = true;

    /// <summary>"cpu", "cuda", "cuda:N", or null to choose.</summary>
    public string? Device { get; init; }

    /// <summary>The picture of the precision-recall curve, or null for none.</summary>
    public string? Chart { get; init; }

    /// <summary>The weights of LPIPS, or null for path lengths on features.</summary>
    public string? Lpips { get; init; }
}
