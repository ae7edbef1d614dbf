using Atelier.Nn;
using Atelier.Torch;

namespace Atelier.Training.Loop;

/// <summary>
/// The generated images of a step's discriminator updates. G does not change between these updates, so one
/// pass without a graph can make several batches; each keeps BatchNorm statistics of its own, and the images
/// are those of single passes.
/// </summary>
internal sealed class FakeBatches(StepContext context, Func<long, FakeInput> nextInput)
{
    private Tensor? images;
    private Tensor? classes;
    private int left;
    private int made;
    private int taken;

    /// <summary>Prepares for so many batches.</summary>
    public void Begin(int batches)
    {
        Drop();
        left = batches;
    }

    /// <summary>The next batch, in the caller's scope.</summary>
    /// <param name="size">Images in it.</param>
    public (Tensor Images, Tensor Classes) Next(long size)
    {
        if (taken == made) Generate(size);
        if (images!.Size(0) != made * size)
            throw new AtelierException(
                FailureKind.Bug,
                $"A batch has {size} images and an earlier one of the same step has " +
                $"{images.Size(0) / made}; expected as many in all batches of a step.");
        var first = size * taken++;
        return (images.Narrow(0, first, size), classes!.Narrow(0, first, size));
    }

    /// <summary>Frees what was made and not asked for.</summary>
    public void End() => Drop();

    private void Generate(long size)
    {
        Drop();
        // Masks of the dropout come out of the same random numbers, between the latents of two batches.
        var most = context.Session.Discriminator.FeatureDropout is null ? context.FakesAtOnce : 1;
        made = Math.Max(1, Math.Min(most, left));
        left -= made;
        var generator = context.Session.Generator;
        using var noGrad = new NoGradScope();
        using var scope = new TensorScope();
        using var cast = context.Session.Policy.Enter();
        FakeInput[] inputs = [.. Enumerable.Range(0, made).Select(_ => nextInput(size))];
        var input = new FakeInput(
            Aten.Cat([.. inputs.Select(static i => i.Latent)]),
            Aten.Cat([.. inputs.Select(static i => i.Classes)]));
        generator.PassBatches(made);
        try
        {
            images = context.Generate(input).DetachFromScope();
            classes = input.Classes.DetachFromScope();
        }
        finally
        {
            generator.PassBatches(1);
        }
    }

    private void Drop()
    {
        images?.Dispose();
        classes?.Dispose();
        images = classes = null;
        made = taken = 0;
    }
}
