using Atelier.Torch;

namespace Atelier.Gan;

/// <summary>The layers of both networks of an architecture.</summary>
/// <param name="Generator">G's.</param>
/// <param name="Discriminator">D's.</param>
public sealed record GanTables(NetworkTable Generator, NetworkTable Discriminator)
{
    /// <summary>Builds both networks, one after the other, and runs one image through each.</summary>
    /// <param name="family">The architecture.</param>
    /// <param name="optionsJson">Its options.</param>
    public static GanTables Of(IGanFamily family, string optionsJson)
    {
        using var random = new Generator(Device.Cpu, 0);
        using var generator = family.CreateGenerator(optionsJson, random);
        var first = NetworkTable.Of(generator);
        using var discriminator = family.CreateDiscriminator(optionsJson, random);
        return new GanTables(first, NetworkTable.Of(discriminator, generator));
    }
}
