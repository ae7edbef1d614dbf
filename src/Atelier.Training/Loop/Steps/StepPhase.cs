namespace Atelier.Training.Loop;

/// <summary>The parts of a training step, as a clock tells them apart.</summary>
public enum StepPhase
{
    /// <summary>What stands in no other phase.</summary>
    Other,

    /// <summary>A batch of real images, read and turned into tensors.</summary>
    Data,

    /// <summary>The generator inside an update of the discriminator, where it gets no gradient.</summary>
    GeneratorForward,

    /// <summary>The discriminator and its loss, inside its own update.</summary>
    DiscriminatorForward,

    /// <summary>The gradients of the discriminator's weights.</summary>
    DiscriminatorBackward,

    /// <summary>An update of the generator: both networks forward, and back through both.</summary>
    Generator,

    /// <summary>Both optimisers, with the regularisers of weights.</summary>
    Optimizer,

    /// <summary>The moving average of the generator.</summary>
    Average,
}
