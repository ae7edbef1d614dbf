using System.Globalization;

namespace Atelier.Data.Numpy;

/// <summary>The words of an NPY header, which is a Python literal: texts, True and False, tuples of
/// numbers.</summary>
internal sealed class NpyWords(string text, Func<string, AtelierException> refuse)
{
    private const int LongestWord = 64;
    private int at;

    /// <summary>Takes a sign that must be there.</summary>
    public void Expect(char sign)
    {
        if (!TryTake(sign)) throw Broken($"'{sign}'");
    }

    /// <summary>Takes a sign if it is there.</summary>
    public bool TryTake(char sign)
    {
        while (at < text.Length && text[at] is ' ' or '\n' or '\t') at++;
        if (at >= text.Length || text[at] != sign) return false;
        at++;
        return true;
    }

    /// <summary>Takes a text in quotes without escapes.</summary>
    public string Quoted()
    {
        var quote = TryTake('\'') ? '\'' : TryTake('"') ? '"' : throw Broken("a text in quotes");
        var end = text.IndexOf(quote, at);
        if (end < 0 || end - at > LongestWord || text.AsSpan(at, end - at).Contains('\\'))
            throw Broken("the end of a text");
        var word = text[at..end];
        at = end + 1;
        return word;
    }

    /// <summary>Takes True or False.</summary>
    public bool Truth()
    {
        TryTake(' ');
        var rest = text.AsSpan(at);
        var isTrue = rest.StartsWith("True", StringComparison.Ordinal);
        if (!isTrue && !rest.StartsWith("False", StringComparison.Ordinal)) throw Broken("True or False");
        at += isTrue ? 4 : 5;
        return isTrue;
    }

    /// <summary>Takes a tuple of whole numbers from 0.</summary>
    public List<long> Numbers(int most)
    {
        var numbers = new List<long>();
        Expect('(');
        while (!TryTake(')'))
        {
            var start = at;
            while (at < text.Length && char.IsAsciiDigit(text[at])) at++;
            if (numbers.Count == most || !long.TryParse(text.AsSpan(start, at - start), NumberStyles.None,
                CultureInfo.InvariantCulture, out var number))
                throw Broken("a size");
            numbers.Add(number);
            if (TryTake(',')) continue;
            Expect(')');
            break;
        }

        return numbers;
    }

    /// <summary>Checks that nothing but spaces follows.</summary>
    public void ExpectEnd()
    {
        if (text.AsSpan(at).Trim(" \n").Length > 0) throw Broken("its end");
    }

    private AtelierException Broken(string expected)
        => refuse(FormattableString.Invariant(
            $"its header is broken at letter {at}, where {expected} is expected"));
}
