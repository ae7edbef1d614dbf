using System.Collections.Generic;

namespace Atelier.Torch.Generators;

/// <summary>
/// One argument of an ATen schema, as spelt: type without alias marks, name, default (null when required).
/// </summary>
internal sealed class SchemaArgument
{
    public SchemaArgument(string type, string name, string? defaultText)
    {
        Type = type;
        Name = name;
        Default = defaultText;
    }

    public string Type { get; }

    public string Name { get; }

    public string? Default { get; }
}

/// <summary>One line of the operator list, taken apart.</summary>
internal sealed class OperatorSchema
{
    public OperatorSchema(
        string line, string space, string name, string overload, List<SchemaArgument> arguments,
        List<SchemaArgument> returns)
    {
        Line = line;
        Space = space;
        Name = name;
        Overload = overload;
        Arguments = arguments;
        Returns = returns;
    }

    public string Line { get; }

    /// <summary>What stands before the colons: "aten", or "atelier" for the product's own.</summary>
    public string Space { get; }

    public string Name { get; }

    public string Overload { get; }

    public List<SchemaArgument> Arguments { get; }

    public List<SchemaArgument> Returns { get; }

    /// <summary>An operator with a tensor named self first becomes an instance method.</summary>
    public bool IsInstance => Arguments.Count > 0 && Arguments[0].Name == "self"
        && Arguments[0].Type == "Tensor";

    public bool IsInPlace => Name.EndsWith("_");
}
