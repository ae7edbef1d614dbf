using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace Atelier.Torch.Generators;

/// <summary>Writes the C# method of one operator.</summary>
internal sealed class OperatorEmitter
{
    private static readonly HashSet<string> Keywords =
        new() { "out", "in", "ref", "params", "base", "implicit", "as", "is" };

    /// <summary>
    /// Arguments that no caller sets: the product has strided tensors and no pinned memory.
    /// </summary>
    private static readonly HashSet<string> Hidden = new() { "layout", "pin_memory" };

    private readonly OperatorSchema schema;
    private readonly int index;
    private readonly StringBuilder text = new();
    private readonly List<Parameter> parameters;

    private OperatorEmitter(OperatorSchema schema, int index)
    {
        this.schema = schema;
        this.index = index;
        parameters = schema.Arguments
            .Select((argument, k) => new Parameter(argument, k == 0 && schema.IsInstance))
            .ToList();
    }

    public static string Emit(OperatorSchema schema, int index) => new OperatorEmitter(schema, index).Write();

    private string Write()
    {
        text.AppendLine($"    /// <summary>`{Escape(schema.Line)}`</summary>");
        text.AppendLine(
            $"    public {(schema.IsInstance ? "" : "static ")}unsafe {ReturnType()} " +
            $"{MethodName()}({ParameterList()})");
        text.AppendLine("    {");
        text.AppendLine($"        var arguments = stackalloc NativeValue[{parameters.Count}];");
        foreach (var parameter in parameters) text.Append(Prepare(parameter));
        var pins = parameters.Select(Pin).Where(line => line.Length > 0).ToList();
        foreach (var pin in pins) text.AppendLine("        " + pin);
        if (pins.Count > 0) text.AppendLine("        {");
        for (var k = 0; k < parameters.Count; k++)
            text.AppendLine($"        arguments[{k}] = {parameters[k].PackExpression()};");
        WriteCall();
        if (pins.Count > 0) text.AppendLine("        }");
        text.AppendLine("    }");
        text.AppendLine();
        return text.ToString();
    }

    private void WriteCall()
    {
        var returnsSelf = schema.IsInPlace || schema.Returns.Count == 0;
        var count = returnsSelf ? 0 : schema.Returns.Count;
        if (count > 0) text.AppendLine($"        var results = stackalloc NativeValue[{count}];");
        text.AppendLine(
            $"        OperatorTable.Call({index}, arguments, {parameters.Count}, " +
            $"{(count > 0 ? "results" : "null")}, {count});");
        foreach (var parameter in parameters.Where(p => p.Kind.IsReference))
            text.AppendLine($"        GC.KeepAlive({parameter.Name});");
        if (schema.IsInPlace && schema.IsInstance) text.AppendLine("        return this;");
        else if (count == 1) text.AppendLine($"        return {Unpack(schema.Returns[0].Type, 0)};");
        else if (count > 1)
            text.AppendLine(
                $"        return ({string.Join(", ", schema.Returns.Select((r, k) => Unpack(r.Type, k)))});");
    }

    private static string Unpack(string type, int k) => type switch
    {
        "Tensor" => $"results[{k}].TakeTensor()",
        "Tensor[]" => $"results[{k}].TakeTensors()",
        "bool" => $"results[{k}].TakeBool()",
        "int" => $"results[{k}].TakeLong()",
        _ => throw new System.FormatException($"the result type '{type}' has no C# counterpart yet"),
    };

    /// <summary>What has to stand before the pins: encoded text, and the native handles of a list.</summary>
    private static string Prepare(Parameter parameter) => parameter.Kind.Pin switch
    {
        "string" => $"        var {parameter.BytesName} = NativeText.Utf8({parameter.Name});\n",
        "Tensor" or "Tensor?" =>
            $"        var {parameter.Pointer} = stackalloc nint[{parameter.Name}.Length];\n" +
            $"        NativeValue.CopyHandles({parameter.Name}, {parameter.Pointer});\n",
        _ => "",
    };

    private static string Pin(Parameter parameter) => parameter.Kind.Pin switch
    {
        null or "Tensor" or "Tensor?" => "",
        "string" => $"fixed (byte* {parameter.Pointer} = {parameter.BytesName})",
        var element => $"fixed ({element}* {parameter.Pointer} = {parameter.Name})",
    };

    private string ReturnType()
    {
        if (schema.IsInPlace && schema.IsInstance) return "Tensor";
        if (schema.IsInPlace || schema.Returns.Count == 0) return "void";
        if (schema.Returns.Count == 1) return CSharpReturn(schema.Returns[0].Type);
        return "(" + string.Join(", ", schema.Returns.Select((r, k) =>
            CSharpReturn(r.Type) + " " + (r.Name.Length > 0 ? Pascal(r.Name) : "Item" + (k + 1)))) + ")";
    }

    private static string CSharpReturn(string type) => type switch
    {
        "Tensor[]" => "Tensor[]",
        "bool" => "bool",
        "int" => "long",
        _ => "Tensor",
    };

    private string MethodName() => Pascal(schema.Name.Trim('_')) + (schema.IsInPlace ? "InPlace" : "");

    private string ParameterList() =>
        string.Join(", ", parameters.Where(p => p.IsShown).Select(p => p.Declaration()));

    private static string Pascal(string snake) =>
        string.Concat(snake.Split('_').Where(w => w.Length > 0)
            .Select(w => char.ToUpperInvariant(w[0]) + w.Substring(1)));

    private static string Escape(string line) =>
        line.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");

    /// <summary>One argument with its place in the C# signature.</summary>
    private sealed class Parameter
    {
        private readonly SchemaArgument argument;
        private readonly bool isThis;

        public Parameter(SchemaArgument argument, bool isThis)
        {
            this.argument = argument;
            this.isThis = isThis;
            Kind = ArgumentKind.Of(argument.Type);
            var pascal = Pascal(argument.Name);
            var camel = char.ToLowerInvariant(pascal[0]) + pascal.Substring(1);
            Name = isThis ? "this" : Keywords.Contains(camel) ? "@" + camel : camel;
        }

        public ArgumentKind Kind { get; }

        public string Name { get; }

        public string Pointer => Name.TrimStart('@') + "Pointer";

        public string BytesName => Name.TrimStart('@') + "Bytes";

        public bool IsShown => !isThis && !Hidden.Contains(argument.Name);

        public string Declaration()
        {
            var type = Kind.CSharpType;
            if (argument.Default is null) return $"{type} {Name}";
            if (Kind.IsSpan) return $"{type} {Name} = default";
            return argument.Default switch
            {
                "None" => $"{type} {Name} = null",
                "True" => $"{type} {Name} = true",
                "False" => $"{type} {Name} = false",
                _ when type == "Scalar" => $"Scalar? {Name} = null",
                _ when type is "DType" or "DType?" => $"DType? {Name} = null",
                _ when type == "MemoryFormat" => $"MemoryFormat? {Name} = null",
                var value => $"{type} {Name} = {Number(value)}",
            };
        }

        public string PackExpression()
        {
            if (Hidden.Contains(argument.Name)) return "NativeValue.None";
            var pack = Kind.Pack.Replace("{0}Bytes", BytesName).Replace("{0}", Name).Replace("{1}", Pointer);
            if (argument.Default is null)
                // An optional list is none when empty.
                return argument.Type.EndsWith("]?") ? $"{Name}.IsEmpty ? NativeValue.None : {pack}" : pack;
            if (Kind.CSharpType == "Scalar")
                return $"NativeValue.Of({Name} ?? (Scalar){Number(argument.Default)})";
            if (Kind.CSharpType == "DType?" && argument.Default != "None")
                return $"NativeValue.Of({Name} ?? (DType){argument.Default})";
            if (argument.Type == "MemoryFormat") return $"NativeValue.Of({Name} ?? MemoryFormat.Contiguous)";
            if (Kind.CSharpType != "ReadOnlySpan<long>" || argument.Default == "[]") return pack;
            var missing = argument.Default == "None" ? "NativeValue.None" : $"NativeValue.{DefaultList()}";
            return $"{Name}.IsEmpty ? {missing} : {pack}";
        }

        /// <summary>`int[2] stride=1` means [1, 1].</summary>
        private string DefaultList()
        {
            var open = argument.Type.IndexOf('[');
            var length = argument.Type.Substring(open + 1, argument.Type.IndexOf(']') - open - 1);
            return argument.Default switch
            {
                "0" => $"Zeros({length})",
                "1" => $"Ones({length})",
                var other =>
                    throw new System.FormatException($"the list default '{other}' has no C# counterpart yet"),
            };
        }

        private static string Number(string value) =>
            value.EndsWith(".") ? value + "0" : value.Replace("'", "\"");
    }
}
