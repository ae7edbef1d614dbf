using Atelier.Data.Archives;
using Atelier.Data.Arrays;
using Atelier.Data.Decoding;
using Atelier.Data.Trees;
using Atelier.IO;

namespace Atelier.Data.Hdf5;

/// <summary>
/// Opens HDF5 files as BigGAN-PyTorch's and StudioGAN's make_hdf5 write them: 'imgs' [N, 3, H, W] of uint8
/// and 'labels' [N] of whole numbers, chunked, plain or compressed by gzip, shuffle or lzf.
/// </summary>
internal static class Hdf5Reader
{
    private static readonly string[] ImageNames = ["imgs", "images", "x", "data"];
    private static readonly string[] LabelNames = ["labels", "label", "y"];

    /// <summary>Opens a file, and takes over its bytes.</summary>
    /// <exception cref="AtelierException">Kind Dataset: damaged, or of another layout.</exception>
    public static ArraySource Open(ArchiveBytes file)
    {
        var links = Hdf5Group.Read(file, Hdf5Superblock.RootHeader(file));
        var imageName = ImageNames.FirstOrDefault(links.ContainsKey) ?? throw file.Refuse(
            $"its datasets are {Text.UntrustedText.Quote(string.Join(", ", links.Keys.Take(8)))}; images are "
            + "expected under 'imgs', labels under 'labels'");
        var images = new Hdf5Images(file, Hdf5Dataset.Read(file, imageName, links[imageName]));
        int[] labels;
        IReadOnlyList<string> names = [TreeLayout.OneClass];
        if (LabelNames.FirstOrDefault(links.ContainsKey) is { } labelName)
        {
            labels = Labels(file, Hdf5Dataset.Read(file, labelName, links[labelName]));
            names = LabelTable.NumberNames(labels.Max() + 1);
        }
        else
        {
            labels = new int[images.Count];
        }

        if (labels.Length != images.Count)
            throw file.Refuse($"it has {labels.Length} labels for {images.Count} images");
        return new ArraySource($"HDF5 file '{Path.GetFileName(file.Path)}'", names,
            [new ArrayPart("train", images, labels)]);
    }

    private static int[] Labels(UntrustedBytes file, Hdf5Dataset dataset)
    {
        var width = dataset.Type.Width;
        if (dataset.Shape is not [<= ArchiveLimits.MaxEntries])
            throw file.Refuse(
                $"its dataset '{dataset.Name}' is ({string.Join(", ", dataset.Shape)}); expected (N)");
        var count = (int)dataset.Shape[0];
        byte[] data;
        if (dataset.Chunk is null)
        {
            data = file.Read(dataset.Address, count * width);
        }
        else
        {
            data = new byte[count * width];
            var chunks = new Hdf5Chunks(file, dataset);
            for (var start = 0; start < data.Length; start += dataset.ChunkBytes)
            {
                var part = data.AsSpan(start, Math.Min(dataset.ChunkBytes, data.Length - start));
                Chunk(file, chunks, start / dataset.ChunkBytes).AsSpan(0, part.Length).CopyTo(part);
            }
        }

        return LabelBytes.Read(data, width, dataset.Type.IsSigned, file.Refuse);
    }

    private static byte[] Chunk(UntrustedBytes file, Hdf5Chunks chunks, long number)
    {
        try
        {
            return chunks.Read(number);
        }
        catch (BadImageException exception)
        {
            throw file.Refuse($"its labels cannot be read: {exception.Message}");
        }
    }
}
