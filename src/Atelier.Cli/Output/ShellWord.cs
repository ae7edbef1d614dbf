using System.Buffers;

namespace Atelier.Cli.Output;

/// <summary>Paths in commands that a user is to copy into a shell.</summary>
internal static class ShellWord
{
    private static readonly SearchValues<char> Plain = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:=+,@%");

    /// <summary>A word as a POSIX shell must see it, in quotes where it needs them.</summary>
    public static string Of(string word) => word.Length > 0 && !word.AsSpan().ContainsAnyExcept(Plain)
        ? word
        : $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
