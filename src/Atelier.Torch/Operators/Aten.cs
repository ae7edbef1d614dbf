namespace Atelier.Torch;

/// <summary>
/// The ATen operators that have no self tensor; generated from operators.txt, one method a line.
/// </summary>
public static partial class Aten
{
}
