namespace Atelier.Torch;

/// <summary>
/// A number given to an operator; integers stay integers, so that type promotion is ATen's.
/// </summary>
public readonly record struct Scalar
{
    private Scalar(bool isInteger, long integer, double real)
    {
        IsInteger = isInteger;
        Integer = integer;
        Real = real;
    }

    /// <summary>True when made from an integer.</summary>
    public bool IsInteger { get; }

    /// <summary>The value of an integer scalar.</summary>
    public long Integer { get; }

    /// <summary>The value of a real scalar.</summary>
    public double Real { get; }

    /// <summary>An integer scalar.</summary>
    public static implicit operator Scalar(long value) => new(true, value, value);

    /// <summary>An integer scalar.</summary>
    public static implicit operator Scalar(int value) => new(true, value, value);

    /// <summary>A real scalar.</summary>
    public static implicit operator Scalar(double value) => new(false, 0, value);
}
