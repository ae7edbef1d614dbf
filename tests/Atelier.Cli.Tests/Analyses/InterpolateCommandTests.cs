using System.Text;
using Atelier.Cli.Application;
using Atelier.Gan.BigGan;

namespace Atelier.Cli.Tests.Analyses;

public sealed class InterpolateCommandTests(AnalysisWorkshop workshop) : AnalysisTest(workshop)
{
    [Theory]
    [InlineData("z")]
    [InlineData("class")]
    [InlineData("both")]
    public void Interpolate_WithOneSeed_DrawsTheSamePictureAgain(string between)
    {
        string[] Words(string picture) =>
        [
            "interpolate", Workshop.Model, "--between", between, "--steps", "4", "--seed", "5", "-o",
            Own(picture),
        ];

        var report = Json(Words("a.png"));
        Json(Words("b.png"));
        Json([.. Words("c.png"), "--truncation", "0.3"]);

        Assert.Equal(File.ReadAllBytes(Own("a.png")), File.ReadAllBytes(Own("b.png")));
        Assert.NotEqual(File.ReadAllBytes(Own("a.png")), File.ReadAllBytes(Own("c.png")));
        Assert.Equal(
            between == "z" ? [0, 1, 2] : [1, 2, 0],
            report.GetProperty("rows").EnumerateArray().Select(static r => r.GetProperty("to").GetInt32()));
    }

    [Fact]
    public void Interpolate_AlongTheSphere_DrawsSomethingElseThanAlongTheLine()
    {
        Text("interpolate", Workshop.Model, "-o", Own("line.png"));
        Text("interpolate", Workshop.Model, "--path", "sphere", "-o", Own("arc.png"));

        Assert.NotEqual(File.ReadAllBytes(Own("line.png")), File.ReadAllBytes(Own("arc.png")));
    }

    [Fact]
    public void Interpolate_AsAnAnimation_GoesThereAndBack()
    {
        Text("interpolate", Workshop.Model, "--frames", "5", "--animation", Own("film.png"));

        var text = Encoding.Latin1.GetString(File.ReadAllBytes(Own("film.png")));
        Assert.Equal(8, text.Split("fcTL").Length - 1);
    }

    [Fact]
    public void Interpolate_OfAClassThatDoesNotExist_EndsWithUsage() => Assert.Contains(
        "Class 7 does not exist: the model has 3 classes",
        Fails(ExitCode.Usage, "interpolate", Workshop.Model, "--classes", "1,7", "-o", Own("x.png")),
        StringComparison.Ordinal);

    [Fact]
    public void Interpolate_BetweenOneClass_EndsWithUsage() => Assert.Contains(
        "names only class 1",
        Fails(
            ExitCode.Usage, "interpolate", Workshop.Model, "--between", "both", "--classes", "1", "-o",
            Own("x.png")),
        StringComparison.Ordinal);

    [Fact]
    public void Interpolate_BetweenClassesOfAModelWithoutAny_EndsWithUsage()
    {
        var plain = Workshop.MakeModel("plain", new BigGanOptions { ClassCount = 1 });

        Assert.Contains(
            "was made without classes",
            Fails(ExitCode.Usage, "interpolate", plain, "--between", "class", "-o", Own("x.png")),
            StringComparison.Ordinal);
        Text("interpolate", plain, "-o", Own("y.png"));
    }

    [Theory]
    [InlineData("there is nothing to write")]
    [InlineData("does not exist", "-o", "/no-such-folder/x.png")]
    [InlineData("keeps the latent", "-o", "x.png", "--between", "class", "--path", "linear")]
    public void Interpolate_OfWhatCannotBe_EndsWithUsage(string expected, params string[] more) =>
        Assert.Contains(
            expected, Fails(ExitCode.Usage, ["interpolate", Workshop.Model, .. more]),
            StringComparison.Ordinal);
}
