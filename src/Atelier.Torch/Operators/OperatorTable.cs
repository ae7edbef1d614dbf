using Atelier.Torch.Native;

namespace Atelier.Torch;

/// <summary>One operator of the list: its name, overload, and the schema as the list spells it.</summary>
internal sealed record OperatorEntry(string Name, string Overload, string Schema);

/// <summary>The operators found in the loaded libtorch, by their place in the list.</summary>
internal static unsafe partial class OperatorTable
{
    private static readonly Lock Gate = new();
    private static nint[]? handles;

    /// <summary>The operators that the product uses.</summary>
    public static int Count => Entries.Length;

    /// <summary>
    /// Calls the operator at a place of the list; throws what libtorch throws, as a sentence.
    /// </summary>
    public static void Call(
        int index, NativeValue* values, int valueCount, NativeValue* results, int resultCount)
    {
        var bound = handles ?? Bind();
        var status = NativeMethods.OperatorCall(bound[index], values, valueCount, results, resultCount);
        if (status != 0) NativeStatus.Throw(status, Entries[index].Name);
    }

    /// <summary>
    /// Not a static constructor: its exception would hide what is missing behind a type's name.
    /// </summary>
    private static nint[] Bind()
    {
        lock (Gate) return handles ??= FindAll();
    }

    private static nint[] FindAll()
    {
        TorchRuntime.EnsureLoaded();
        var found = new nint[Entries.Length];
        var faults = new List<string>();
        for (var k = 0; k < Entries.Length; k++)
        {
            NativeStatus.Check(
                NativeMethods.OperatorFind(Entries[k].Name, Entries[k].Overload, out found[k]));
            if (found[k] == 0) faults.Add($"{Entries[k].Schema} is missing");
            else if (SchemaText.Difference(Entries[k].Schema, ActualSchema(found[k])) is { } difference)
                faults.Add(difference);
        }

        return faults.Count == 0
            ? found
            : throw new AtelierException(
                FailureKind.Preflight,
                $"The loaded libtorch {TorchRuntime.Version} does not have every operator " +
                "that Atelier uses: " +
                $"{string.Join("; ", faults)}. Use libtorch 1.13 to 2.11.");
    }

    private static string ActualSchema(nint handle)
    {
        Span<byte> buffer = stackalloc byte[2048];
        fixed (byte* pointer = buffer)
        {
            NativeStatus.Check(NativeMethods.OperatorSchema(handle, pointer, buffer.Length, out var needed));
            if (needed <= buffer.Length) return System.Text.Encoding.UTF8.GetString(buffer[..needed]);
            throw new AtelierException(
                FailureKind.Bug, $"An operator schema is {needed} bytes long; room is 2048.");
        }
    }
}
