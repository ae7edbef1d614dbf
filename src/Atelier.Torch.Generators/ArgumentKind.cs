using System;

namespace Atelier.Torch.Generators;

/// <summary>How one ATen type looks in C# and how it is put into a native value.</summary>
internal sealed class ArgumentKind
{
    private ArgumentKind(string csharpType, string pack, string? pin = null, bool isReference = false)
    {
        CSharpType = csharpType;
        Pack = pack;
        Pin = pin;
        IsReference = isReference;
    }

    /// <summary>The parameter's type when the argument is required.</summary>
    public string CSharpType { get; }

    /// <summary>
    /// The expression that makes the native value; {0} is the parameter, {1} the pinned pointer.
    /// </summary>
    public string Pack { get; }

    /// <summary>The element type that has to be pinned for the call, if any.</summary>
    public string? Pin { get; }

    /// <summary>True for tensors and generators, which must stay alive until the call is over.</summary>
    public bool IsReference { get; }

    public bool IsSpan => CSharpType.StartsWith("ReadOnlySpan<");

    public static ArgumentKind Of(string type)
    {
        var normal = type.Replace("SymInt", "int");
        if (normal.StartsWith("int["))
            return new("ReadOnlySpan<long>", "NativeValue.Of({1}, {0}.Length)", "long");
        if (normal.StartsWith("float["))
            return new("ReadOnlySpan<double>", "NativeValue.Of({1}, {0}.Length)", "double");
        return normal switch
        {
            "Tensor" => new("Tensor", "NativeValue.Of({0})", null, true),
            "Tensor?" => new("Tensor?", "NativeValue.Of({0})", null, true),
            "Tensor[]" => new("ReadOnlySpan<Tensor>", "NativeValue.TensorList({1}, {0}.Length)", "Tensor"),
            "Tensor?[]" =>
                new("ReadOnlySpan<Tensor?>", "NativeValue.OptionalTensorList({1}, {0}.Length)", "Tensor?"),
            "Scalar" => new("Scalar", "NativeValue.Of({0})"),
            "Scalar?" => new("Scalar?", "NativeValue.Of({0})"),
            "int" => new("long", "NativeValue.Of({0})"),
            "int?" => new("long?", "NativeValue.Of({0})"),
            "float" => new("double", "NativeValue.Of({0})"),
            "float?" => new("double?", "NativeValue.Of({0})"),
            "bool" => new("bool", "NativeValue.Of({0})"),
            "bool?" => new("bool?", "NativeValue.Of({0})"),
            "ScalarType" => new("DType", "NativeValue.Of({0})"),
            "ScalarType?" => new("DType?", "NativeValue.Of({0})"),
            "MemoryFormat" => new("MemoryFormat", "NativeValue.Of({0})"),
            "MemoryFormat?" => new("MemoryFormat?", "NativeValue.Of({0})"),
            "Device" => new("Device", "NativeValue.Of({0})"),
            "Device?" => new("Device?", "NativeValue.Of({0})"),
            "Generator?" => new("Generator?", "NativeValue.Of({0})", null, true),
            "str" => new("string", "NativeValue.OfString({1}, {0}Bytes.Length)", "string"),
            "str?" => new("string?", "NativeValue.OfString({1}, {0}Bytes.Length)", "string"),
            "Layout?" => new("Layout?", "NativeValue.None"),
            _ => throw new FormatException($"the type '{type}' has no C# counterpart yet"),
        };
    }
}
