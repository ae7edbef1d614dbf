using System.Text.RegularExpressions;

namespace Atelier.Architecture.Tests;

/// <summary>Rules of form that no analyzer checks.</summary>
public sealed partial class HouseStyleTests
{
    private const int MostLines = 400;
    private const int MostColumns = 110;

    private static IEnumerable<string> Code =>
        Repository.Files("src", "*.cs").Concat(Repository.Files("tests", "*.cs"))
            .Concat(Repository.Files("bench", "*.cs"));

    [Fact]
    public void File_OfCode_HasAtMost400Lines() =>
        Assert.All(Code, path => Assert.True(
            File.ReadLines(path).Count() <= MostLines,
            $"{Repository.Relative(path)} is longer than {MostLines} lines"));

    [Fact]
    public void Line_OfCode_HasAtMost110Columns()
    {
        var offenders = Code.SelectMany(path => File.ReadLines(path)
            .Select((line, index) => (Place: $"{Repository.Relative(path)}:{index + 1}", line.Length))
            .Where(each => each.Length > MostColumns));

        var text = string.Join('\n', offenders.Select(each => $"{each.Place}: {each.Length}"));
        Assert.True(text.Length == 0, text);
    }

    [Fact]
    public void Import_OfANativeFunction_IsALibraryImport() => Assert.Empty(
        SourceText.Offenders(Repository.Files("src", "*.cs"), OldImport()));

    [Fact]
    public void Code_ThatIsCommitted_LeavesNothingToDo() => Assert.Empty(
        Code.Concat(Repository.Files("native", "*.cpp")).Concat(Repository.Files("native", "*.h"))
            .SelectMany(path => ToDo().Matches(File.ReadAllText(path))
                .Select(match => $"{Repository.Relative(path)}: {match}")));

    [Fact]
    public void Documentation_OfCode_HasNoEmptyTags() => Assert.Empty(
        Code.SelectMany(path => EmptyTag().Matches(File.ReadAllText(path))
            .Select(match => $"{Repository.Relative(path)}: {match}")));

    [Fact]
    public void Recipe_ThatShips_IsInTheDocs()
    {
        var recipes = Repository.Files("recipes", "*.yaml");
        Assert.SkipWhen(recipes.Count == 0, "recipes/ is not there yet");
        var docs = string.Concat(Repository.Files("docs", "*.md").Append(Repository.Under("README.md"))
            .Select(File.ReadAllText));

        Assert.DoesNotContain(
            recipes.Select(path => Path.GetFileNameWithoutExtension(path)),
            name => !docs.Contains(name, StringComparison.Ordinal));
    }

    [Fact]
    public void Project_OfTheTree_IsInTheSolution()
    {
        var solution = File.ReadAllText(Repository.Under("Atelier.slnx"));

        Assert.DoesNotContain(
            Repository.Files("src", "*.csproj").Concat(Repository.Files("tests", "*.csproj"))
                .Select(Repository.Relative),
            path => !solution.Contains(path, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"\bDllImport\b")]
    private static partial Regex OldImport();

    // The words are split so that this file does not break its own rule.
    [GeneratedRegex(@"\b(TO" + @"DO|FIX" + @"ME|HA" + @"CK)\b")]
    private static partial Regex ToDo();

    [GeneratedRegex(@"///\s*<(summary|remarks|returns|value|param name=""\w+"")>\s*(///\s*)*</\w+>")]
    private static partial Regex EmptyTag();
}
