using Atelier.Training.Checkpoints;

namespace Atelier.Training.Tests.Checkpoints;

internal static class CheckpointFixture
{
    public static readonly CheckpointRetention KeepTwo = new(KeepLast: 2, KeepBest: 0);

    /// <summary>
    /// Three files whose bytes depend on the step; the second is written in several pieces.
    /// </summary>
    public static CheckpointPart[] Parts(long step, int size = 3000) =>
    [
        new("generator.safetensors", stream => stream.Write(Bytes(step, 1, size))),
        new("discriminator.safetensors", stream =>
        {
            foreach (var piece in Bytes(step, 2, size + 7).Chunk(1000))
                stream.Write(piece);
        }),
        new("state.json", stream => stream.Write(Bytes(step, 3, 41))),
    ];

    /// <summary>Asserts that a loaded checkpoint holds just what was saved for its step.</summary>
    public static void AssertWhole(Checkpoint checkpoint, int size = 3000)
    {
        Assert.Equal(
            Bytes(checkpoint.Step, 1, size), File.ReadAllBytes(checkpoint.PathOf("generator.safetensors")));
        Assert.Equal(
            Bytes(checkpoint.Step, 2, size + 7),
            File.ReadAllBytes(checkpoint.PathOf("discriminator.safetensors")));
        Assert.Equal(Bytes(checkpoint.Step, 3, 41), File.ReadAllBytes(checkpoint.PathOf("state.json")));
    }

    private static byte[] Bytes(long step, int part, int size)
    {
        var bytes = new byte[size];
        new Random((int)(step * 10 + part)).NextBytes(bytes);
        return bytes;
    }
}
