namespace Atelier.Nn.Tests;

/// <summary>Two modules in one, the second registered first.</summary>
internal sealed class Pair : Module
{
    public Pair()
    {
        Right = Child("right", new Weights(1, 2, 3));
        Left = Child("left", new Weights(4));
    }

    public Weights Left { get; }

    public Weights Right { get; }
}
