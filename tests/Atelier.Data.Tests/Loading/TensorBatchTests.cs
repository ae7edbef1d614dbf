using Atelier.Data.Tests.Support;
using Atelier.Torch;

namespace Atelier.Data.Tests.Loading;

public sealed class TensorBatchTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly PackedDataset dataset;

    public TensorBatchTests()
    {
        IdxMaker.WriteFolder(folder, "idx");
        using var source = DatasetOpener.OpenSource(folder["idx"]);
        DatasetPacker.Pack(source, folder["x.atl"], new PackOptions { Size = 4 });
        dataset = PackedDataset.Open(folder["x.atl"]);
    }

    public void Dispose()
    {
        dataset.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void ToImages_BatchDisposedAfterwards_HoldsScaledPixels()
    {
        using var loader = new BatchLoader(dataset.Split("train"),
            new LoaderOptions { BatchSize = 3, Cursor = new DataCursor(2) });
        var batch = loader.Next();
        var expected = batch.Pixels.Select(value => (value / 127.5f) - 1f).ToArray();
        var labels = batch.Labels.ToArray();
        using var images = batch.ToImages(Device.Cpu);
        using var classes = batch.ToLabels(Device.Cpu);
        batch.Dispose();
        for (var step = 0; step < 10; step++)
            loader.Next().Dispose();

        Assert.Equal([3, 1, 4, 4], images.Shape);
        Assert.Equal(expected, images.ToArray<float>());
        Assert.Equal(labels, classes.ToArray<long>());
    }

    [Fact]
    public void ImageBytes_DatasetDisposedFirst_StillReadsTheMapping()
    {
        var own = PackedDataset.Open(folder["x.atl"]);
        var view = own.Split("test");
        var expected = view.Image(1).ToArray();
        using var images = view.ImageBytes(1, 2);
        using var labels = view.LabelTensor(1, 2);
        own.Dispose();

        Assert.Equal([2, 1, 4, 4], images.Shape);
        Assert.Equal(expected, images.ToArray<byte>()[..16]);
        Assert.Equal([2L, 3L], labels.ToArray<long>());
        Assert.Throws<ArgumentOutOfRangeException>(() => view.ImageBytes(2, 2));
    }

    [Fact]
    public void ToImages_ManyTimes_LeavesNoTensorBehind()
    {
        using var loader = new BatchLoader(dataset.Split("train"),
            new LoaderOptions { BatchSize = 3, Cursor = new DataCursor(2) });
        var before = Tensor.LiveCount;
        for (var step = 0; step < 50; step++)
        {
            using var batch = loader.Next();
            using var images = batch.ToImages(Device.Cpu);
        }

        Assert.Equal(before, Tensor.LiveCount);
    }
}
