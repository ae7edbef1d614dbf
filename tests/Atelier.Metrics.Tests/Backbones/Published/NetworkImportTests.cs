using System.Security.Cryptography;
using Atelier.Data.Fetching;
using Atelier.Tests;
using Atelier.Torch;
using Atelier.Torch.Safetensors;

namespace Atelier.Metrics.Tests;

public sealed class NetworkImportTests : TensorTest
{
    private static readonly IReadOnlyList<WeightSlot> Slots = new TinyNetwork().Slots;

    [Fact]
    public void Import_OfWrappedWeights_GivesTheSameNetwork()
    {
        using var folder = new TemporaryFolder();
        var weights = Formula.Weights(Slots);
        var path = Write(
            folder, weights, "module.", ("module.aux.x", 3), ("module.bn.num_batches_tracked", 1));
        using var original = new TinyNetwork();
        original.Load(weights);

        var imported = NetworkImport.Run(TinyNetwork.Entry(), path, folder.File("deep/tiny.safetensors"));
        using var read = NetworkFile.Read(imported.Path, TinyNetwork.Entry());

        Assert.Equal(7, imported.Report.Matched);
        Assert.Equal(["aux.x", "bn.num_batches_tracked"], imported.Report.Ignored.Order());
        Assert.Null(imported.KnownAs);
        Assert.Equal(original.Sha256, read.Sha256);
        var images = Formula.Images(2, 6, 6);
        Assert.Equal(0, MaxDifference(original.Forward(images).Logits, read.Forward(images).Logits));
    }

    [Fact]
    public void Import_OfAKnownFile_SaysItsName()
    {
        using var folder = new TemporaryFolder();
        var path = Write(folder, Formula.Weights(Slots));
        var digest = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));
        var entry = TinyNetwork.Entry(new(new Uri("https://example.invalid/tiny-v1.pth"), digest[..8]));

        var imported = NetworkImport.Run(entry, path, folder.File("out.safetensors"));

        Assert.Equal("tiny-v1.pth", imported.KnownAs);
        Assert.Equal(digest, imported.SourceSha256);
    }

    [Fact]
    public void Import_OfAnotherNetwork_IsRefusedWithTheDifferences()
    {
        using var folder = new TemporaryFolder();
        var weights = Formula.Weights(Slots);
        weights.Remove("bn.weight");
        weights["fc.weight"] = Tensor.Ones([9, 5]);
        var path = Write(folder, weights, "", ("layer9.weight", 4));

        var error = Assert.Throws<AtelierException>(
            () => NetworkImport.Run(TinyNetwork.Entry(), path, folder.File("out.safetensors")));

        Assert.Equal(FailureKind.Checkpoint, error.Kind);
        Assert.Contains(
            "is not of tiny: 5 tensors fit, 1 missing (bn.weight); 1 unexpected (layer9.weight); "
            + "1 of another shape (fc.weight [9, 5] instead of [2, 5]).", error.Message,
            StringComparison.Ordinal);
        Assert.False(File.Exists(folder.File("out.safetensors")));
    }

    [Fact]
    public void Import_OfNaN_IsRefused()
    {
        using var folder = new TemporaryFolder();
        var weights = Formula.Weights(Slots);
        weights["fc.bias"] = Tensor.Full([2], double.NaN);

        var error = Assert.Throws<AtelierException>(() => NetworkImport.Run(
            TinyNetwork.Entry(), Write(folder, weights), folder.File("out.safetensors")));

        Assert.Equal(FailureKind.Checkpoint, error.Kind);
        Assert.Contains("NaN or infinity in 'fc.bias'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Import_OfNoStateDict_IsRefused()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("readme.pth");
        File.WriteAllText(path, "I am not a checkpoint.");

        var error = Assert.Throws<AtelierException>(
            () => NetworkImport.Run(TinyNetwork.Entry(), path, folder.File("out.safetensors")));

        Assert.Equal(FailureKind.Checkpoint, error.Kind);
    }

    [Fact]
    public void Read_OfAFileWithAFlippedBit_IsRefused()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("tiny.safetensors");
        NetworkImport.Run(TinyNetwork.Entry(), Write(folder, Formula.Weights(Slots)), path);
        var bytes = File.ReadAllBytes(path);
        bytes[^5] ^= 4;
        File.WriteAllBytes(path, bytes);

        var error = Assert.Throws<AtelierException>(() => NetworkFile.Read(path, TinyNetwork.Entry()));

        Assert.Contains("do not have the SHA-256 that its header states", error.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OfAnUnknownNetwork_IsRefused()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("tiny.safetensors");
        NetworkImport.Run(TinyNetwork.Entry(), Write(folder, Formula.Weights(Slots)), path);

        var error = Assert.Throws<AtelierException>(() => NetworkStore.Load(path, new BackboneInput(3, 8)));

        Assert.Contains("a network 'tiny', which this version does not know", error.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Fetch_FromAServer_ImportsAndCleansUp()
    {
        using var folder = new TemporaryFolder();
        var bytes = File.ReadAllBytes(Write(folder, Formula.Weights(Slots)));
        using var server = new LoopbackServer(bytes);
        var digest = Convert.ToHexStringLower(SHA256.HashData(bytes));
        var entry = TinyNetwork.Entry(new(server.Url, digest, bytes.Length));
        var store = new NetworkStore(folder.File("store"));
        using var download = new VerifiedDownload(TimeSpan.FromSeconds(5));

        var imported = new NetworkFetch(store, download).Run(entry);

        Assert.True(store.Has("tiny"));
        Assert.Equal("weights.pth", imported.KnownAs);
        Assert.Empty(Directory.EnumerateFiles(folder.File("store/downloads")));
    }

    [Fact]
    public void Catalogue_OfNetworks_HasTorchvisionsDigitsInFileNames()
    {
        Assert.Equal(NetworkCatalogue.Names.Count(), NetworkCatalogue.Names.Distinct().Count());
        Assert.All(NetworkCatalogue.Entries.SelectMany(static e => e.Weights), weights =>
        {
            Assert.Equal("https", weights.Url.Scheme);
            if (weights.Sha256 is not { } known) return;
            Assert.Contains('-' + known[..8] + ".pth", weights.FileName, StringComparison.Ordinal);
            Assert.True(known.Length is 8 or 64);
        });
    }

    private static string Write(
        TemporaryFolder folder, Dictionary<string, Tensor> weights, string prefix = "",
        params (string Name, int Length)[] others)
    {
        var path = folder.File("source.safetensors");
        SafetensorsWriter.Write(
            path,
            [
                .. weights.Select(w => (prefix + w.Key, w.Value)),
                .. others.Select(static o => (o.Name, Tensor.Ones([o.Length]))),
            ]);
        return path;
    }
}
