namespace Atelier.Torch;

/// <summary>
/// libtorch refused a call: mismatched shapes, a wrong dtype, a freed graph. The message has its words.
/// </summary>
public sealed class TorchException : AtelierException
{
    /// <summary>Creates the failure with libtorch's message.</summary>
    public TorchException(string message)
        : base(FailureKind.Bug, message)
    {
    }
}
