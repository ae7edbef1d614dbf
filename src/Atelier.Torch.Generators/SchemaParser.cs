using System;
using System.Collections.Generic;

namespace Atelier.Torch.Generators;

/// <summary>
/// Reads `space::name.overload(Type name=default, *, …) -> Returns`, ATen's schema language.
/// </summary>
internal static class SchemaParser
{
    private const string Colons = "::";

    public static OperatorSchema Parse(string line)
    {
        var open = line.IndexOf('(');
        var colons = line.IndexOf(Colons, StringComparison.Ordinal);
        if (colons < 1 || colons > open)
            throw new FormatException("expected a line that starts with 'aten::' or 'atelier::'");
        var arrow = line.LastIndexOf(") -> ", StringComparison.Ordinal);
        if (open < 0 || arrow < open) throw new FormatException("expected 'name(arguments) -> returns'");

        var start = colons + Colons.Length;
        var fullName = line.Substring(start, open - start);
        var dot = fullName.IndexOf('.');
        var name = dot < 0 ? fullName : fullName.Substring(0, dot);
        var overload = dot < 0 ? "" : fullName.Substring(dot + 1);
        var arguments = ParseList(line.Substring(open + 1, arrow - open - 1), named: true);
        var returnText = line.Substring(arrow + 5).Trim();
        if (returnText.StartsWith("(")) returnText = returnText.Substring(1, returnText.Length - 2);
        return new OperatorSchema(
            line, line.Substring(0, colons), name, overload, arguments, ParseList(returnText, named: false));
    }

    private static List<SchemaArgument> ParseList(string text, bool named)
    {
        var list = new List<SchemaArgument>();
        foreach (var part in SplitAtCommas(text))
        {
            var item = RemoveAliasMarks(part).Trim();
            if (item.Length == 0 || item == "*") continue;
            var space = item.IndexOf(' ');
            if (space < 0)
            {
                if (named) throw new FormatException($"the argument '{item}' has no name");
                list.Add(new SchemaArgument(item, "", null));
                continue;
            }

            var rest = item.Substring(space + 1);
            var equals = rest.IndexOf('=');
            list.Add(new SchemaArgument(
                item.Substring(0, space),
                equals < 0 ? rest : rest.Substring(0, equals),
                equals < 0 ? null : rest.Substring(equals + 1)));
        }

        return list;
    }

    /// <summary>
    /// `Tensor(a!)`, `Tensor(a -> *)[]`: the mark says what aliases what, which the caller does not see.
    /// </summary>
    private static string RemoveAliasMarks(string text)
    {
        var open = text.IndexOf('(');
        if (open < 0) return text;
        var close = text.IndexOf(')', open);
        return text.Substring(0, open) + text.Substring(close + 1);
    }

    private static IEnumerable<string> SplitAtCommas(string text)
    {
        var depth = 0;
        var start = 0;
        for (var k = 0; k < text.Length; k++)
        {
            if (text[k] is '(' or '[') depth++;
            if (text[k] is ')' or ']') depth--;
            if (text[k] != ',' || depth != 0) continue;
            yield return text.Substring(start, k - start);
            start = k + 1;
        }

        yield return text.Substring(start);
    }
}
