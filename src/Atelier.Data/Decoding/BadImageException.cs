namespace Atelier.Data.Decoding;

/// <summary>
/// An image that cannot be used. The message is one line that says why, without the file name.
/// </summary>
public sealed class BadImageException : AtelierException
{
    /// <summary>Creates the failure from its reason.</summary>
    public BadImageException(string reason)
        : base(FailureKind.Dataset, reason)
    {
    }
}
