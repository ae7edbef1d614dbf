using System.Text.Json;
using Atelier.Cli.Application;
using Atelier.Cli.Tests.Support;

namespace Atelier.Cli.Tests;

public sealed class UsageTests
{
    private const string Train = "train --recipe r --data d --out o";

    [Theory]
    [InlineData("trian", "command 'trian' is not known. Did you mean 'train'?")]
    [InlineData("data pakc x", "command 'pakc' is not known. Did you mean 'pack'?")]
    [InlineData("xyzzyx", "command 'xyzzyx' is not known. There are: demo, train,")]
    [InlineData(Train + " --stpes 5", "option '--stpes' is not known. Did you mean '--steps'?")]
    [InlineData("train --recpie r --data d --out o",
        "option '--recpie' is not known. Did you mean '--recipe'?")]
    [InlineData(Train + " --precision bf61", "expected fp32 or bf16. Did you mean 'bf16'?")]
    [InlineData("data pack x -o y --resize lancsoz", "Did you mean 'lanczos'?")]
    [InlineData("eval m --data d --metrics fid,si", "'si' is none of them. Did you mean 'is'?")]
    [InlineData(Train + " --steps many", "'many' is not a value of --steps: expected a whole number from 1")]
    [InlineData(Train + " --steps 0", "'0' is not a value of --steps")]
    [InlineData(Train + " --steps", "option '--steps' needs a value: N.")]
    [InlineData(Train + " --seed -1", "'-1' is not a value of --seed")]
    [InlineData(Train + " --set batch", "'batch' is not a value of --set: expected key=value")]
    [InlineData(Train + " --device gpu", "'gpu' is not a value of --device: expected cpu, cuda or cuda:N")]
    [InlineData("train --recipe r", "'--data PATH' must be given.\n       '--out DIR' must be given.")]
    [InlineData("sample", "MODEL|RUN is missing.")]
    [InlineData("sample m", "there is nothing to write")]
    [InlineData("sample m --count 5 -o a.png", "--count writes numbers: it needs --raw FILE too.")]
    [InlineData("sample m --inputs i --raw r --count 3", "--inputs brings its own latents")]
    [InlineData("sample m -o a.png --grid 0x4", "'0x4' is not a value of --grid: expected rows x columns")]
    [InlineData("sample m -o a.png --classes 7-3", "the range 7-3 runs backwards")]
    [InlineData("sample m -o a.png --truncation 0,5",
        "'0,5' is not a value of --truncation: expected a number from 0.02")]
    [InlineData("data", "a subcommand is missing, one of pack, info, check, stats, grid, fetch.")]
    [InlineData("doctor now", "'now' is one word too many.")]
    [InlineData("recipes show nosuch", "there is no recipe and no file \"nosuch\"")]
    [InlineData("completion bahs", "Did you mean 'bash'?")]
    public void Mistake_OnTheCommandLine_ExitsWithTwoAndOneClearSentence(string words, string sentence)
    {
        using var line = new CommandLine();

        var code = line.Run(words.Split(' '));

        Assert.Equal(ExitCode.Usage, code);
        Assert.StartsWith("error: ", line.Error, StringComparison.Ordinal);
        Assert.Contains(sentence, line.Error, StringComparison.Ordinal);
        Assert.Empty(line.Out);
    }

    [Fact]
    public void Mistake_WithJson_IsOneDocumentOnStdoutToo()
    {
        using var line = new CommandLine();

        line.Run("data", "info", "--json");

        var error = JsonDocument.Parse(line.Out).RootElement.GetProperty("error");
        Assert.Equal("usage", error.GetProperty("kind").GetString());
        Assert.Equal(2, error.GetProperty("exitCode").GetInt32());
        Assert.Contains("DATA is missing", error.GetProperty("message")
            .GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Path_ThatBeginsWithAt_IsNotAResponseFile()
    {
        using var line = new CommandLine();

        line.Run("recipes", "show", "@nosuch");

        Assert.Contains("no file \"@nosuch\"", line.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_WithTerminalCommands_IsShownHarmless()
    {
        using var line = new CommandLine();

        line.Run("recipes", "show", "\u001b[2Jx");

        Assert.Contains(@"\x1b[2Jx", line.Error, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', line.Error);
    }
}
