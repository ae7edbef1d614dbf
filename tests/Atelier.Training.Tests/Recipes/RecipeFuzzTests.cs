using System.Text;
using Atelier.Tests;
using Atelier.Training.Recipes;

namespace Atelier.Training.Tests.Recipes;

/// <summary>Bent recipes: each is read, or its faults are listed.</summary>
public sealed class RecipeFuzzTests
{
    private static readonly byte[] Signs = "{}[]:,-&*!|>'\"%@`#? \n\t\u0000~=.0"u8.ToArray();

    private static readonly byte[][] Corpus =
    [
        "name: a\ndata:\n  size: 32\nmodel: {family: biggan, attention: [16, 8]}\n"u8.ToArray(),
        "a: 'x'\nb: \"y\\n\"\nc: |\n  text\nd: [1e-3, null, true]\n"u8.ToArray(),
        "- 1\n- {a: 2}\n- [3, [4]]\n"u8.ToArray(),
    ];

    [Fact]
    public void Document_Bent_IsReadOrHasFaults()
    {
        var mutator = new ByteMutator(11, Signs);
        var (read, refused) = (0, 0);
        for (var i = 0; i < 200_000; i++)
        {
            var faults = new List<RecipeFault>();
            var bytes = mutator.Bend(Corpus[i % Corpus.Length]);
            var node = RecipeText.Decode(bytes, "r.yaml", faults) is { } text
                ? RecipeDocumentReader.Read(text, "r.yaml", faults)
                : null;
            Assert.True(node is not null || faults.Count > 0 || bytes.AsSpan().Trim("\n "u8).IsEmpty,
                Encoding.Latin1.GetString(bytes));
            if (faults.Count > 0) refused++;
            else read++;
        }

        Assert.InRange(read, 20_000, 180_000);
        Assert.InRange(refused, 20_000, 180_000);
    }

    [Fact]
    public void Recipe_Bent_IsResolvedOrRefusedWithFaults() => FuzzRun.Run(
        5_000, 12, [Encoding.UTF8.GetBytes(Recipe)], FailureKind.Usage,
        static bytes => RecipeResolver.Resolve(bytes, "r.yaml"), Signs);

    private const string Recipe = """
        name: small
        data: {size: 32, flip: false}
        model: {family: biggan, resolution: 32, channels: 16, attention: []}
        loss: hinge
        training: {steps: 10, batch_size: 4, generator: {lr: 2e-4}, discriminator: {lr: 2e-4}}
        """;
}
