using System.Reflection;

namespace Atelier.Cli.Application;

/// <summary>The version of the running program.</summary>
internal static class ProductVersion
{
    /// <summary>The version as the build wrote it, as in "0.1.0".</summary>
    public static string Text { get; } = typeof(ProductVersion).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
}
