using System.Text.RegularExpressions;

namespace Atelier.Architecture.Tests;

/// <summary>The native header and the managed imports name the same functions, each once.</summary>
public sealed partial class NativeBoundaryTests
{
    [Fact]
    public void Boundary_HeaderAndImports_NameTheSameFunctions()
    {
        var headers = Repository.Files("native/include", "*.h");
        Assert.SkipWhen(headers.Count == 0, "native/include is not there yet");

        var exported = Names(headers, Export());
        var imported = Names(Repository.Files("src", "*.cs"), Import());

        Assert.NotEmpty(exported);
        Assert.Equal(exported.Distinct(), exported);
        Assert.Equal(
            exported.Order(StringComparer.Ordinal),
            imported.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Boundary_EveryExport_HasABody()
    {
        var headers = Repository.Files("native/include", "*.h");
        Assert.SkipWhen(headers.Count == 0, "native/include is not there yet");
        var sources = string.Concat(Repository.Files("native/src", "*.cpp").Select(File.ReadAllText));

        Assert.DoesNotContain(Names(headers, Export()), name => !Regex.IsMatch(sources, $@"\b{name}\s*\("));
    }

    private static List<string> Names(IEnumerable<string> paths, Regex rule) =>
        [.. paths.SelectMany(path =>
            rule.Matches(File.ReadAllText(path)).Select(match => match.Groups[1].Value))];

    [GeneratedRegex(@"^ATL_API\s[^;{(]*?\b(atl_\w+)\s*\(", RegexOptions.Multiline)]
    private static partial Regex Export();

    [GeneratedRegex(@"EntryPoint\s*=\s*""(atl_\w+)""")]
    private static partial Regex Import();
}
