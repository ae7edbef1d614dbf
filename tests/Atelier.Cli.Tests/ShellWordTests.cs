using Atelier.Cli.Output;

namespace Atelier.Cli.Tests;

public sealed class ShellWordTests
{
    [Theory]
    [InlineData("runs/00001-x", "runs/00001-x")]
    [InlineData("/a b/runs", "'/a b/runs'")]
    [InlineData("it's", @"'it'\''s'")]
    [InlineData("$HOME", "'$HOME'")]
    [InlineData("", "''")]
    public void Of_QuotesWhatAShellWouldTouch(string word, string expected) =>
        Assert.Equal(expected, ShellWord.Of(word));
}
