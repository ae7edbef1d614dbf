using System.CommandLine;
using System.Globalization;

namespace Atelier.Cli.Parsing;

/// <summary>
/// Gathers what replaces the recipe's values, weakest first: ATELIER_* variables, then --set, then flags.
/// </summary>
internal static class OverrideList
{
    /// <summary>The list to lay over the recipe in order; the last value of a key wins.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="set">The repeated <c>--set</c> option.</param>
    /// <param name="flags">The flags that stand for one key each.</param>
    /// <param name="environment">Environment variables by name.</param>
    public static IReadOnlyList<RecipeOverride> Of(
        ParseResult parse,
        Option<IReadOnlyList<RecipeOverride>?> set,
        IReadOnlyList<(Option Flag, string Key)> flags,
        Func<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(parse);
        ArgumentNullException.ThrowIfNull(flags);
        var list = new List<RecipeOverride>();

        foreach (var (flag, key) in flags)
        {
            var variable = VariableOf(flag);
            if (environment(variable) is { Length: > 0 } value) list.Add(
                new RecipeOverride(key, value, variable));
        }

        list.AddRange(parse.GetValue(set) ?? []);

        foreach (var (flag, key) in flags)
            if (parse.GetResult(flag) is { Tokens: [.., var token] })
                list.Add(new RecipeOverride(key, token.Value, flag.Name));

        return list;
    }

    /// <summary>The environment variable of a flag: <c>--steps</c> is <c>ATELIER_STEPS</c>.</summary>
    public static string VariableOf(Option flag)
    {
        ArgumentNullException.ThrowIfNull(flag);
        return "ATELIER_" + flag.Name.TrimStart('-').Replace('-', '_').ToUpper(CultureInfo.InvariantCulture);
    }

    /// <summary>The repeated option <c>--set key=value</c>.</summary>
    public static Option<IReadOnlyList<RecipeOverride>?> SetOption() => new("--set")
    {
        Description = "Replaces one value of the recipe; may be repeated",
        HelpName = "KEY=VALUE",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
        CustomParser = result =>
        {
            var list = new List<RecipeOverride>();
            foreach (var token in result.Tokens)
            {
                var expected = RecipeOverride.TryParse(token.Value, out var one);
                if (expected is null) list.Add(one!);
                else result.AddError($"'{token.Value}' is not a value of --set: expected {expected}");
            }

            return list;
        },
    };
}
