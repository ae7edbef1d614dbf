namespace Atelier.Torch.Pickle;

/// <summary>
/// What the names, calls and byte strings of one kind of pickle stand for. Whatever is not expected is
/// refused by the reader's failure.
/// </summary>
internal interface IPickleObjects
{
    /// <summary>What the pickle should describe, as "state dict"; for messages.</summary>
    string Subject { get; }

    /// <summary>The value of a global's name.</summary>
    object Global(string module, string name);

    /// <summary>Carries out a call.</summary>
    object? Reduce(object? callee, object? arguments);

    /// <summary>Sets the state of an object.</summary>
    void Build(object? target, object? state);

    /// <summary>The object of a persistent id.</summary>
    object Storage(object? id);

    /// <summary>A byte string.</summary>
    object Bytes(ReadOnlyMemory<byte> bytes);

    /// <summary>A string of Python 2, which is text or bytes.</summary>
    object OldText(ReadOnlyMemory<byte> bytes);
}
