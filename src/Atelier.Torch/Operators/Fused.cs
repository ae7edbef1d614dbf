namespace Atelier.Torch;

/// <summary>
/// The operators of Atelier's own native library, which do at once what several of ATen's would; generated
/// from operators.txt, one method a line. Each has its definition in ATen's operators beside it in
/// <c>native/</c>, which also serves the tensors that the fast kernels do not take.
/// </summary>
public static partial class Fused
{
}
