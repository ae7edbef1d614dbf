using Atelier.Data;
using Atelier.Data.Fetching;

namespace Atelier.Cli.Work;

/// <summary>The result of <c>atelier data fetch</c>.</summary>
/// <param name="Datasets">What can be fetched; only where nothing was named.</param>
/// <param name="Name">What was fetched.</param>
/// <param name="Files">Its files.</param>
/// <param name="Source">What 'data pack' takes.</param>
/// <param name="Packed">The packed dataset, where one was asked for.</param>
internal sealed record DataFetchReport(
    IReadOnlyList<PublicDataset>? Datasets = null, string? Name = null,
        IReadOnlyList<DownloadedFile>? Files = null,
    string? Source = null, DatasetInfo? Packed = null);
