namespace Atelier;

/// <summary>
/// The one exception tree of Atelier. The message is a sentence for the user: what failed, what was found,
/// what was expected, and how to mend it.
/// </summary>
public class AtelierException : Exception
{
    /// <summary>Creates a failure of a kind with its message.</summary>
    public AtelierException(FailureKind kind, string message)
        : base(message) => Kind = kind;

    /// <summary>Creates a failure of a kind with its message and the exception that caused it.</summary>
    public AtelierException(FailureKind kind, string message, Exception inner)
        : base(message, inner) => Kind = kind;

    /// <summary>The kind, from which the exit code follows.</summary>
    public FailureKind Kind { get; }
}
