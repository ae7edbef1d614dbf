using Atelier.Nn;
using Atelier.Torch;
using Atelier.Torch.Safetensors;

namespace Atelier.Gan;

/// <summary>
/// A model in one safetensors file: a generator with its card, and where they are known a discriminator, the
/// generator as it was trained, and running statistics by truncation.
/// </summary>
public static class ModelFile
{
    /// <summary>
    /// The file in which a checkpoint keeps its discriminator, beside the generator's; it has no card.
    /// </summary>
    public const string DiscriminatorBeside = "discriminator.safetensors";

    /// <summary>Writes a generator's state and card, to a stream that need not seek.</summary>
    public static void Write(Stream stream, GeneratorNetwork generator, ModelCard card) =>
        SafetensorsWriter.Write(
            stream, new ModelParts(generator).Tensors(), ModelMetadata.Of(card, generator.Latent));

    /// <summary>Writes a generator's state and card, whole or not at all.</summary>
    public static void Write(string path, GeneratorNetwork generator, ModelCard card) =>
        Write(path, new ModelParts(generator), card);

    /// <summary>Writes all parts of a model and its card, whole or not at all.</summary>
    public static void Write(string path, ModelParts parts, ModelCard card) =>
        SafetensorsWriter.Write(path, parts.Tensors(), ModelMetadata.Of(card, parts.Generator.Latent));

    /// <summary>True when a file is a safetensors file with a generator's card.</summary>
    public static bool Recognises(string path)
    {
        if (!File.Exists(path)) return false;
        try
        {
            using var file = SafetensorsFile.Open(path);
            return file.Metadata.TryGetValue("format", out var format) && format == ModelMetadata.Format;
        }
        catch (AtelierException)
        {
            return false;
        }
    }

    /// <summary>Builds the generator of a file, in evaluation mode, with its card.</summary>
    /// <exception cref="AtelierException">Missing, damaged, or not a generator's file.</exception>
    public static (GeneratorNetwork Generator, ModelCard Card) Read(string path)
    {
        using var file = SafetensorsFile.Open(path);
        var card = ModelMetadata.Read(path, file.Metadata);
        return (ReadGenerator(file, card, ModelPart.Generator), card);
    }

    /// <summary>
    /// Builds the generator as it was trained, in evaluation mode, where the file has it beside its average.
    /// </summary>
    /// <exception cref="AtelierException">Missing, damaged, or there is none in it.</exception>
    public static (GeneratorNetwork Generator, ModelCard Card) ReadTrained(string path)
    {
        using var file = SafetensorsFile.Open(path);
        var card = ModelMetadata.Read(path, file.Metadata);
        if (!ModelPart.Of(file.Names, ModelPart.TrainedGenerator).Any())
            throw new AtelierException(
                FailureKind.Checkpoint,
                $"The model file '{path}' has one generator only, the one that is sampled from without " +
                "--weights trained.");
        // What the card says of the running statistics, it says of the average's.
        return (
            ReadGenerator(file, card, ModelPart.TrainedGenerator),
            card with { HasStandingStatistics = false });
    }

    /// <summary>
    /// Builds the discriminator of a model file, in evaluation mode: out of the file itself, or out of the
    /// one that a checkpoint keeps beside it.
    /// </summary>
    /// <exception cref="AtelierException">Missing, damaged, or there is none.</exception>
    public static (DiscriminatorNetwork Discriminator, ModelCard Card) ReadDiscriminator(string path)
    {
        using var file = SafetensorsFile.Open(path);
        var card = ModelMetadata.Read(path, file.Metadata);
        if (ModelPart.Of(file.Names, ModelPart.Discriminator).Any())
            return (ReadDiscriminator(file, card, ModelPart.Discriminator), card);
        var beside = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, DiscriminatorBeside);
        if (!File.Exists(beside))
            throw new AtelierException(
                FailureKind.Checkpoint,
                $"The model '{path}' has no discriminator, so it cannot judge images. Give the folder of a " +
                "run, or a model that was imported with its discriminator.");
        using var other = SafetensorsFile.Open(beside);
        return (ReadDiscriminator(other, card, ""), card);
    }

    /// <summary>The running statistics by truncation of a model file; empty where it has none.</summary>
    /// <returns>Tensors [sets, C] by the names of the generator's buffers, owned by the current scope or the
    /// caller.</returns>
    public static IReadOnlyDictionary<string, Tensor> ReadTruncationSets(string path)
    {
        using var file = SafetensorsFile.Open(path);
        return Tensors(file, ModelPart.TruncationSets);
    }

    private static GeneratorNetwork ReadGenerator(SafetensorsFile file, ModelCard card, string part)
    {
        using var random = new Generator(Device.Cpu, 0);
        var generator =
            FamilyCatalogue.Find(card.Family).CreateGenerator(ZeroWeights.Of(card.OptionsJson), random);
        return Load(generator, file, part, () =>
        {
            generator.Latent = ModelMetadata.Latent(file.Path, file.Metadata);
            if (generator.ClassCount != card.ClassNames.Count)
                throw ModelMetadata.Damaged(
                    file.Path,
                    $"it names {card.ClassNames.Count} classes and its generator has {generator.ClassCount}");
        });
    }

    private static DiscriminatorNetwork ReadDiscriminator(SafetensorsFile file, ModelCard card, string part)
    {
        using var random = new Generator(Device.Cpu, 0);
        return Load(
            FamilyCatalogue.Find(card.Family).CreateDiscriminator(ZeroWeights.Of(card.OptionsJson), random),
                file, part,
            static () => { });
    }

    private static T Load<T>(T network, SafetensorsFile file, string part, Action check)
        where T : Module
    {
        try
        {
            check();
            using var scope = new TensorScope();
            network.LoadState(Tensors(file, part));
            network.Train(false);
            return network;
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    private static Dictionary<string, Tensor> Tensors(SafetensorsFile file, string part) =>
        ModelPart.Of(file.Names, part).ToDictionary(
            static n => n.InPart, n => file.Read(n.InFile), StringComparer.Ordinal);
}
