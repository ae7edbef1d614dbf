using Atelier.Torch.Safetensors;
using FsCheck;
using FsCheck.Fluent;

namespace Atelier.Torch.Tests.Safetensors;

public sealed class SafetensorsRoundTripTests
{
    private const int Files = 3_000;

    private static readonly Gen<SafetensorsDeclaration> Tensor =
        from name in Gen.OneOf(
            Gen.Elements(
                "generator.blocks.0.conv1.weight", "b", "B", "\u00e9", "\u4e2d", "\U0001F3A8",
                "\"\\\n\u0001"),
            ArbMap.Default.GeneratorFor<NonNull<string>>().Select(text => text.Get))
        from dtype in Gen.Elements(Enum.GetValues<SafetensorsDType>())
        from rank in Gen.Choose(0, 8)
        from shape in Gen.ArrayOf(Gen.Frequency((1, Gen.Constant(0)), (12, Gen.Choose(1, 3))), rank)
        select new SafetensorsDeclaration(name, dtype, [.. shape.Select(size => (long)size)]);

    private static readonly Gen<SafetensorsDeclaration[]> Model =
        from count in Gen.Choose(0, 6)
        from tensors in Gen.ArrayOf(Tensor, count)
        select tensors.Where(t => IsText(t.Name) && t.ShapeBytes() < 1 << 14).DistinctBy(t => t.Name)
            .ToArray();

    [Fact]
    public void WriteThenRead_AnyTensors_GivesThemBack()
    {
        var config = Config.QuickThrowOnFailure.WithMaxTest(Files).WithReplay(0x5AFE_7E45, 0x0001_2345);

        Prop.ForAll(Model.ToArbitrary(), RoundTrips).Check(config);
    }

    private static bool RoundTrips(SafetensorsDeclaration[] tensors)
    {
        var random = new Random(tensors.Length);
        var given = tensors.Select(tensor =>
        {
            var data = new byte[tensor.ShapeBytes()];
            random.NextBytes(data);
            return (tensor, data);
        }).ToList();
        var metadata = tensors.ToDictionary(t => t.Name, t => t.Name + "!", StringComparer.Ordinal);

        var file = SafetensorsBytes.Written(given, metadata);
        var header = SafetensorsHeader.FromBytes(file, SafetensorsBytes.Source);

        Assert.Equal(0, header.DataOffset % 8);
        Assert.Equal(metadata, header.Metadata);
        Assert.Equal(tensors.Length, header.Entries.Count);
        foreach (var (tensor, data) in given)
        {
            var entry = header.Entries.Single(
                e => string.Equals(e.Name, tensor.Name, StringComparison.Ordinal));
            var begin = (int)(header.DataOffset + entry.Begin);
            Assert.Equal(tensor.DType, entry.DType);
            Assert.Equal(tensor.Shape, entry.Shape);
            Assert.Equal(data, file[begin..(begin + (int)entry.ByteCount)]);
            Assert.Equal(0, begin % tensor.DType.ByteSize());
        }

        return true;
    }

    private static bool IsText(string name) =>
        string.Equals(
            System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(name)), name,
            StringComparison.Ordinal);
}
