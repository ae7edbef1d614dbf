using System.Runtime.InteropServices;
using Atelier.Torch;
using Atelier.Torch.Safetensors;

namespace Atelier.Gan;

/// <summary>
/// Images as numbers in a safetensors file: `images` float32 [N, C, H, W] in [-1, 1], and `y` int64 [N].
/// </summary>
public static class RawImages
{
    private const int BatchSize = 64;

    /// <summary>Writes images of every class equally often, batch by batch, whole or not at all.</summary>
    /// <param name="session">With the statistics to sample with.</param>
    /// <param name="path">The file.</param>
    /// <param name="classes">Class ids of the images.</param>
    /// <param name="threshold">Truncation; null for none.</param>
    /// <param name="random">Latents come from here.</param>
    public static void Write(
        GeneratorSession session, string path, IReadOnlyList<int> classes, double? threshold,
        Generator random)
    {
        session.CheckClasses(classes.Select(static c => (long)c));
        var ids = classes.Select(static c => (long)c).ToArray();
        Write(session, path, ids, (_, count) => session.DrawLatents(count, threshold, random));
    }

    /// <summary>
    /// Feeds the tensors `z` float32 [N, Z] and `y` int64 [N] of a file through the generator as they are:
    /// running statistics, the latents not truncated, float32.
    /// </summary>
    /// <param name="session">The generator.</param>
    /// <param name="inputs">The file with the tensors.</param>
    /// <param name="path">The file to write.</param>
    /// <param name="truncation">Which statistics to take, of a model that has them by truncation; null for
    /// the stored ones.</param>
    /// <exception cref="AtelierException">A tensor is missing or of another type, shape or range, or the
    /// model has no statistics by truncation.</exception>
    public static void WriteFromInputs(
        GeneratorSession session, string inputs, string path, double? truncation = null)
    {
        if (truncation is { } limit)
        {
            if (session.ByTruncation is null)
                throw new AtelierException(
                    FailureKind.Usage,
                    "Latents of --inputs are taken as they are, and this model has one set of statistics: " +
                    "leave out --truncation.");
            session.ByTruncation.Install(session.Generator, limit);
        }

        using var scope = new TensorScope();
        using var file = SafetensorsFile.Open(inputs);
        const string expected = "z [N, Z] float32 and y [N] int64";
        var latent = RawInputs.Read(file, "z", DType.Float32, 2, expected);
        var classes = RawInputs.Read(file, "y", DType.Int64, 1, expected);
        var size = session.Generator.LatentSize;
        if (latent.Size(1) != size || latent.Size(0) != classes.Size(0))
            throw new AtelierException(
                FailureKind.Usage,
                $"'{inputs}' has z [{string.Join(", ", latent.Shape)}] and y [{classes.Size(0)}]; the " +
                $"model needs z [N, {size}] " +
                "and y [N] with one N.");
        var ids = classes.ToArray<long>();
        session.CheckClasses(ids);
        Write(session, path, ids, (start, count) => latent.Narrow(0, start, count));
    }

    private static void Write(
        GeneratorSession session, string path, long[] ids, Func<int, int, Tensor> latents)
    {
        var generator = session.Generator;
        SafetensorsDeclaration[] tensors =
        [
            new(
                "images", SafetensorsDType.F32, ids.Length, generator.ImageChannels,
                generator.ImageSize.Height, generator.ImageSize.Width),
            new("y", SafetensorsDType.I64, ids.Length),
        ];
        SafetensorsWriter.Write(path, tensors, null, (_, entry, stream) =>
        {
            if (entry.Name == "y") stream.Write(MemoryMarshal.AsBytes(ids.AsSpan()));
            else WriteImages(generator, ids, latents, stream);
        });
    }

    private static void WriteImages(
        GeneratorNetwork generator, long[] ids, Func<int, int, Tensor> latents, Stream stream)
    {
        using var noGrad = new NoGradScope();
        for (var start = 0; start < ids.Length; start += BatchSize)
        {
            using var scope = new TensorScope();
            var count = Math.Min(BatchSize, ids.Length - start);
            var images = generator.Generate(
                latents(start, count), Tensor.FromArray<long>(ids.AsSpan(start, count), count));
            stream.Write(MemoryMarshal.AsBytes(images.ToArray<float>().AsSpan()));
        }
    }
}
