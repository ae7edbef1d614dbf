namespace Atelier.Data;

/// <summary>A file or folder that a dataset cannot take, and why.</summary>
/// <param name="Name">The path, relative to the source.</param>
/// <param name="Reason">One line without a full stop.</param>
public readonly record struct Offender(string Name, string Reason);
