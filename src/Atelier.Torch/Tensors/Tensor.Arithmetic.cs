namespace Atelier.Torch;

/// <content>The arithmetic operators of C#, broadcasting as ATen does.</content>
public sealed unsafe partial class Tensor
{
    /// <summary>Element-wise sum.</summary>
    public static Tensor operator +(Tensor left, Tensor right) => left.Add(right);

    /// <summary>Adds a number to every element.</summary>
    public static Tensor operator +(Tensor left, double right) => left.Add(right);

    /// <summary>Adds a number to every element.</summary>
    public static Tensor operator +(double left, Tensor right) => right.Add(left);

    /// <summary>Element-wise difference.</summary>
    public static Tensor operator -(Tensor left, Tensor right) => left.Sub(right);

    /// <summary>Subtracts a number from every element.</summary>
    public static Tensor operator -(Tensor left, double right) => left.Sub(right);

    /// <summary>A number minus every element.</summary>
    public static Tensor operator -(double left, Tensor right) => right.Rsub(left);

    /// <summary>Element-wise negation.</summary>
    public static Tensor operator -(Tensor tensor) => tensor.Neg();

    /// <summary>Element-wise product.</summary>
    public static Tensor operator *(Tensor left, Tensor right) => left.Mul(right);

    /// <summary>Multiplies every element.</summary>
    public static Tensor operator *(Tensor left, double right) => left.Mul(right);

    /// <summary>Multiplies every element.</summary>
    public static Tensor operator *(double left, Tensor right) => right.Mul(left);

    /// <summary>Element-wise quotient.</summary>
    public static Tensor operator /(Tensor left, Tensor right) => left.Div(right);

    /// <summary>Divides every element.</summary>
    public static Tensor operator /(Tensor left, double right) => left.Div(right);
}
