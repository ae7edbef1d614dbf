using Atelier.Torch;

namespace Atelier.Nn;

/// <summary>A module with one input and one output.</summary>
public interface IUnaryModule
{
    /// <summary>Applies the module.</summary>
    Tensor Forward(Tensor input);
}
